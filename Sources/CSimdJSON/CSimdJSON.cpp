// The library is built with threads; the header must agree with it on the layout of its types.
#define SIMDJSON_THREADS_ENABLED 1
// The checks abort on misuse of the library; a debug build shall parse as a release build does.
#define SIMDJSON_DEVELOPMENT_CHECKS 0

#include "CSimdJSON.h"

#include <simdjson.h>

#include <cstring>
#include <new>
#include <string_view>

namespace ondemand = simdjson::ondemand;

struct csimdjson_parser {
    ondemand::parser parser;
    size_t capacity = 0;
};

namespace {

/// How deep objects and arrays may be nested within a value.
constexpr int maximum_depth = 64;

std::string_view trimmed(std::string_view token) {
    while (!token.empty() && (token.back() == ' ' || token.back() == '\t' ||
                              token.back() == '\r' || token.back() == '\n')) {
        token.remove_suffix(1);
    }
    return token;
}

bool isDigit(char byte) {
    return byte >= '0' && byte <= '9';
}

/// Whether the token is a number by the grammar of JSON, of whatever size.
bool isNumber(std::string_view token) {
    size_t position = 0;
    auto skipDigits = [&] {
        size_t start = position;
        while (position < token.size() && isDigit(token[position])) {
            position++;
        }
        return position - start;
    };
    auto skip = [&](char first, char second) {
        bool found = position < token.size() &&
                     (token[position] == first || token[position] == second);
        position += found ? 1 : 0;
        return found;
    };
    skip('-', '-');
    size_t start = position;
    size_t digits = skipDigits();
    if (digits == 0 || (digits > 1 && token[start] == '0')) {
        return false;
    }
    if (skip('.', '.') && skipDigits() == 0) {
        return false;
    }
    if (skip('e', 'E')) {
        skip('+', '-');
        if (skipDigits() == 0) {
            return false;
        }
    }
    return position == token.size();
}

/// A value that is no string, array or object.
struct Scalar {
    uint8_t kind;
    std::string_view token;
};

/// Reads a scalar without consuming it. What follows it is checked here, because the iterator skips
/// over what was not consumed without looking.
bool readScalar(ondemand::value &value, char closing, Scalar &scalar) {
    std::string_view raw = value.raw_json_token();
    char next = raw.data()[raw.size()];
    if (next != ',' && next != closing) {
        return false;
    }
    scalar.token = trimmed(raw);
    if (scalar.token == "true") {
        scalar.kind = csimdjson_true;
    } else if (scalar.token == "false") {
        scalar.kind = csimdjson_false;
    } else if (scalar.token == "null") {
        scalar.kind = csimdjson_null;
    } else {
        scalar.kind = csimdjson_number;
        // Not JSON, but what Python writes for numbers that are not finite. Passed on as numbers, so
        // that the value is refused and not the line.
        bool isNotFinite = scalar.token == "NaN" || scalar.token == "Infinity" ||
                           scalar.token == "-Infinity";
        return isNotFinite || isNumber(scalar.token);
    }
    return true;
}

/// Whether the value is well formed in all its parts. Consumes it.
bool isWellFormed(ondemand::value value, char closing, int depth) {
    if (depth > maximum_depth) {
        return false;
    }
    ondemand::json_type type;
    if (value.type().get(type)) {
        type = ondemand::json_type::number;
    }
    switch (type) {
    case ondemand::json_type::string: {
        std::string_view text;
        return !value.get_string().get(text);
    }
    case ondemand::json_type::array: {
        ondemand::array elements;
        if (value.get_array().get(elements)) {
            return false;
        }
        for (auto element : elements) {
            ondemand::value child;
            if (std::move(element).get(child) || !isWellFormed(child, ']', depth + 1)) {
                return false;
            }
        }
        return true;
    }
    case ondemand::json_type::object: {
        ondemand::object members;
        if (value.get_object().get(members)) {
            return false;
        }
        for (auto member : members) {
            ondemand::field field;
            std::string_view name;
            if (std::move(member).get(field) || field.unescaped_key().get(name) ||
                !isWellFormed(field.value(), '}', depth + 1)) {
                return false;
            }
        }
        return true;
    }
    default: {
        Scalar scalar;
        return readScalar(value, closing, scalar);
    }
    }
}

/// Collects the fields of one line. The caller's text buffer is as long as the line, and names and
/// values are disjoint parts of the line that unescaping only shortens, so that it cannot overflow.
class Output {
public:
    Output(uint8_t *text, csimdjson_field *fields, size_t capacity)
        : text(text), fields(fields), capacity(capacity) {}

    int32_t add(uint8_t group, ondemand::field &field) {
        if (count == capacity) {
            return csimdjson_too_many_fields;
        }
        csimdjson_field &out = fields[count];
        out.group = group;
        std::string_view name;
        if (field.unescaped_key().get(name)) {
            return csimdjson_invalid;
        }
        append(name, out.name_start, out.name_end);
        int32_t error = addValue(field.value(), out);
        count += error == 0 ? 1 : 0;
        return error;
    }

    size_t count = 0;

private:
    int32_t addValue(ondemand::value value, csimdjson_field &out) {
        ondemand::json_type type;
        if (value.type().get(type)) {
            type = ondemand::json_type::number;
        }
        Scalar scalar;
        switch (type) {
        case ondemand::json_type::string:
            scalar.kind = csimdjson_string;
            if (value.get_string().get(scalar.token)) {
                return csimdjson_invalid;
            }
            break;
        case ondemand::json_type::array:
        case ondemand::json_type::object:
            scalar.kind =
                type == ondemand::json_type::array ? csimdjson_array : csimdjson_object;
            if (!isWellFormed(value, '}', 0)) {
                return csimdjson_invalid;
            }
            break;
        default:
            if (!readScalar(value, '}', scalar)) {
                return csimdjson_invalid;
            }
            break;
        }
        out.kind = scalar.kind;
        append(scalar.token, out.value_start, out.value_end);
        return 0;
    }

    void append(std::string_view part, uint32_t &start, uint32_t &end) {
        std::memcpy(text + size, part.data(), part.size());
        start = static_cast<uint32_t>(size);
        size += part.size();
        end = static_cast<uint32_t>(size);
    }

    uint8_t *text;
    csimdjson_field *fields;
    size_t capacity;
    size_t size = 0;
};

uint8_t groupNamed(ondemand::raw_json_string name) {
    if (name == "scores") {
        return csimdjson_scores;
    }
    if (name == "slices") {
        return csimdjson_slices;
    }
    if (name == "features") {
        return csimdjson_features;
    }
    return csimdjson_top_level;
}

int32_t addMembers(Output &output, uint8_t group, ondemand::object &object) {
    for (auto member : object) {
        ondemand::field field;
        if (std::move(member).get(field)) {
            return csimdjson_invalid;
        }
        uint8_t nested = group == csimdjson_top_level ? groupNamed(field.key()) : 0;
        ondemand::json_type type;
        if (nested != 0 && field.value().type().get(type)) {
            return csimdjson_invalid;
        }
        int32_t error;
        if (nested != 0 && type == ondemand::json_type::object) {
            ondemand::object child;
            if (field.value().get_object().get(child)) {
                return csimdjson_invalid;
            }
            error = addMembers(output, nested, child);
        } else {
            error = output.add(group, field);
        }
        if (error != 0) {
            return error;
        }
    }
    return 0;
}

}  // namespace

// Nothing is thrown through the frames of Swift.
static csimdjson_parser *make_parser() noexcept {
    return new csimdjson_parser;
}

extern "C" csimdjson_parser *csimdjson_parser_create(void) {
    return make_parser();
}

extern "C" void csimdjson_parser_destroy(csimdjson_parser *parser) {
    delete parser;
}

extern "C" size_t csimdjson_padding(void) {
    return simdjson::SIMDJSON_PADDING;
}

extern "C" int32_t csimdjson_parse_object(
    csimdjson_parser *parser, const uint8_t *line, size_t count, uint8_t *text,
    csimdjson_field *fields, size_t field_capacity) {
    if (count > parser->capacity || parser->capacity == 0) {
        // Room in powers of two, so that lines of growing length do not allocate one by one.
        size_t capacity = 4096;
        while (capacity < count) {
            capacity *= 2;
        }
        if (parser->parser.allocate(capacity)) {
            return csimdjson_out_of_memory;
        }
        parser->capacity = capacity;
    }
    ondemand::document document;
    auto error = parser->parser
                     .iterate(
                         reinterpret_cast<const char *>(line), count,
                         count + simdjson::SIMDJSON_PADDING)
                     .get(document);
    if (error) {
        return error == simdjson::UTF8_ERROR ? csimdjson_invalid_utf8 : csimdjson_invalid;
    }
    ondemand::object object;
    error = document.get_object().get(object);
    if (error) {
        return error == simdjson::INCORRECT_TYPE ? csimdjson_not_an_object : csimdjson_invalid;
    }
    Output output(text, fields, field_capacity);
    int32_t refusal = addMembers(output, csimdjson_top_level, object);
    if (refusal != 0) {
        return refusal;
    }
    // Out of bounds means that nothing follows the object.
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
        return csimdjson_invalid;
    }
    return static_cast<int32_t>(output.count);
}
