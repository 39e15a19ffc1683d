#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a JSON value is. Values of the last two kinds are skipped and have no text.
enum {
    csimdjson_string = 1,
    csimdjson_number = 2,
    csimdjson_true = 3,
    csimdjson_false = 4,
    csimdjson_null = 5,
    csimdjson_array = 6,
    csimdjson_object = 7,
};

/// Which object a field was found in.
enum {
    csimdjson_top_level = 0,
    csimdjson_scores = 1,
    csimdjson_slices = 2,
    csimdjson_features = 3,
};

/// Why a line was refused; results of `csimdjson_parse_object`.
enum {
    csimdjson_invalid = -1,
    csimdjson_not_an_object = -2,
    csimdjson_invalid_utf8 = -3,
    csimdjson_too_many_fields = -4,
    csimdjson_out_of_memory = -5,
};

/// One member of a JSON object: where its unescaped name and its value stand in the output text.
typedef struct csimdjson_field {
    uint32_t name_start;
    uint32_t name_end;
    uint32_t value_start;
    uint32_t value_end;
    uint8_t group;
    uint8_t kind;
} csimdjson_field;

typedef struct csimdjson_parser csimdjson_parser;

/// Makes a parser; ends the process when memory is short, as every allocation of Swift does.
csimdjson_parser *csimdjson_parser_create(void) __attribute__((returns_nonnull));

void csimdjson_parser_destroy(csimdjson_parser *parser);

/// How many readable bytes must follow a line.
size_t csimdjson_padding(void);

/// Flattens one JSON object into a list of fields.
///
/// Strings are unescaped; numbers keep the text they were written in. The members of the objects
/// `scores`, `slices` and `features` are listed with their group.
///
/// - line: `count` bytes, followed by `csimdjson_padding()` readable bytes.
/// - text: room for `count` bytes.
/// - returns: the number of fields, or a negative value that says why there are none.
int32_t csimdjson_parse_object(
    csimdjson_parser *parser, const uint8_t *line, size_t count, uint8_t *text,
    csimdjson_field *fields, size_t field_capacity);

#ifdef __cplusplus
}
#endif

#endif
