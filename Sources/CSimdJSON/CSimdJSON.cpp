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
            return csimdjson_invalid;
        }
        std::string_view token;
        switch (type) {
        case ondemand::json_type::string:
            out.kind = csimdjson_string;
            if (value.get_string().get(token)) {
                return csimdjson_invalid;
            }
            break;
        case ondemand::json_type::number:
            out.kind = csimdjson_number;
            token = trimmed(value.raw_json_token());
            break;
        case ondemand::json_type::boolean:
            token = trimmed(value.raw_json_token());
            out.kind = token == "true" ? csimdjson_true : csimdjson_false;
            if (token != "true" && token != "false") {
                return csimdjson_invalid;
            }
            break;
        case ondemand::json_type::null:
            token = trimmed(value.raw_json_token());
            out.kind = csimdjson_null;
            if (token != "null") {
                return csimdjson_invalid;
            }
            break;
        case ondemand::json_type::array:
            out.kind = csimdjson_array;
            break;
        case ondemand::json_type::object:
            out.kind = csimdjson_object;
            break;
        }
        append(token, out.value_start, out.value_end);
        return 0;
    }

    static std::string_view trimmed(std::string_view token) {
        while (!token.empty() && (token.back() == ' ' || token.back() == '\t' ||
                                  token.back() == '\r' || token.back() == '\n')) {
            token.remove_suffix(1);
        }
        return token;
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

extern "C" csimdjson_parser *csimdjson_parser_create(void) {
    return new (std::nothrow) csimdjson_parser;
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
