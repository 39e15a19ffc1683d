#ifndef GNOMON_CPOSTGRES_SHIM_H
#define GNOMON_CPOSTGRES_SHIM_H

#include <libpq-fe.h>
#include <poll.h>

/// Waits until the socket has something to read; 0 when the time is up, -1 for an error.
static inline int gnomon_wait_readable(int socket, int milliseconds) {
    struct pollfd descriptor = {.fd = socket, .events = POLLIN, .revents = 0};
    return poll(&descriptor, 1, milliseconds);
}

#endif
