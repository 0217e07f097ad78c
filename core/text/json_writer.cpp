// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/json_writer.h"

#include "core/text/unicode.h"

#include <algorithm>

namespace halfopen {

namespace {

bool isUnescaped(char c) {
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/// To the end, several at a time: hardly a text is not.
bool isAllPlain(std::string_view text) {
    bool all = true;
    for (const char c : text)
        all = all & isUnescaped(c);
    return all;
}

/// The letter behind the backslash; 0: there is no short form.
char shortEscape(char32_t code) {
    switch (code) {
    case '"':
    case '\\':
        return static_cast<char>(code);
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

} // namespace

void JsonWriter::grow(std::size_t bytes) {
    constexpr std::size_t kLeast = 4096;
    const auto size = static_cast<std::size_t>(m_at - m_text.get());
    const std::size_t capacity = std::max({kLeast, 2 * static_cast<std::size_t>(m_end - m_text.get()), size + bytes});
    auto text = std::make_unique_for_overwrite<char[]>(capacity);
    std::copy_n(m_text.get(), size, text.get());
    m_text = std::move(text);
    m_at = m_text.get() + size;
    m_end = m_text.get() + capacity;
}

/// @param at  in the room at the end, behind the key
void JsonWriter::string(char* at, std::string_view text) {
    *at = '"';
    m_at = at + 1;
    if (isAllPlain(text))
        append(text);
    else
        escaped(text);
    at = room(2);
    *at = '"';
    end(at + 1);
}

void JsonWriter::escaped(std::string_view text) {
    while (!text.empty()) {
        const auto plain = static_cast<std::size_t>(std::ranges::find_if_not(text, isUnescaped) - text.begin());
        append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty())
            break;
        const CodePoint code = firstCodePoint(text);
        if (code.value == CodePoint::kInvalid)
            append("\xef\xbf\xbd"); // U+FFFD
        else if (shortEscape(code.value) != 0 || isTrick(code.value))
            escape(code.value);
        else
            append(text.substr(0, code.length));
        text.remove_prefix(code.length);
    }
}

void JsonWriter::escape(char32_t code) {
    constexpr char32_t kBeyondBmp = 0x10000;
    if (const char letter = shortEscape(code); letter != 0) {
        const char both[] = {'\\', letter};
        append({both, sizeof both});
    } else if (code < kBeyondBmp) {
        unit(code);
    } else {
        unit(0xd800 + ((code - kBeyondBmp) >> 10));
        unit(0xdc00 + ((code - kBeyondBmp) & 0x3ff));
    }
}

void JsonWriter::unit(unsigned value) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4)
        append(kDigits.substr(value >> shift & 0xf, 1));
}

std::string withoutTricks(std::string_view json) {
    // Only strings hold what is not ASCII, and no token of JSON is a control character that may stand in a text.
    std::string text;
    text.reserve(json.size());
    JsonWriter escaped;
    while (!json.empty()) {
        const CodePoint code = firstCodePoint(json);
        const std::string_view bytes = json.substr(0, code.length);
        if (code.value >= 0x7f && code.value != CodePoint::kInvalid && isTrick(code.value)) {
            escaped.clear();
            escaped.element(bytes);
            text += escaped.text().substr(1, escaped.text().size() - 2);
        } else {
            text += bytes;
        }
        json.remove_prefix(code.length);
    }
    return text;
}

} // namespace halfopen
