// Empty on purpose: simdjson is C++, and only the target CSimdJSON includes it.
