// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace halfopen {

/// Writes JSON (RFC 8259) from left to right into one buffer, on one line, without a tree: a list of 200,000 sockets is
/// 300 MB of it. Keys are literals of ASCII that need no escape. Any bytes may come as a string: invalid UTF-8 becomes
/// U+FFFD, and what isTrick() is escaped, so that a terminal does not obey it. Whoever calls pairs keys and values.
class JsonWriter {
public:
    /// { ... }: as an element, or as the whole.
    template <class Fill>
    void object(Fill fill) {
        separate();
        enclosed('{', '}', fill);
    }
    template <std::size_t N, class Fill>
    void object(const char (&key)[N], Fill fill) {
        putKey(key);
        enclosed('{', '}', fill);
    }
    template <std::size_t N, class Fill>
    void array(const char (&key)[N], Fill fill) {
        putKey(key);
        enclosed('[', ']', fill);
    }
    template <class Fill>
    void array(Fill fill) {
        separate();
        enclosed('[', ']', fill);
    }

    /// A member of an object. @param value  an integer, bool, string or nullptr
    template <std::size_t N, class Value>
    void put(const char (&key)[N], const Value& value) {
        putKey(key);
        write(value);
    }
    /// null unless `known`.
    template <std::size_t N, class Value>
    void putIf(const char (&key)[N], bool known, const Value& value) {
        putKey(key);
        known ? write(value) : write(nullptr);
    }
    /// The same, with a key from a table of names.
    template <class Value>
    void putIf(std::string_view key, bool known, const Value& value) {
        separate();
        append('"');
        append(key);
        append(std::string_view("\":"));
        known ? write(value) : write(nullptr);
    }
    /// null where the text is empty.
    template <std::size_t N>
    void putName(const char (&key)[N], std::string_view text) {
        putIf(key, !text.empty(), text);
    }
    /// One of our own words, which needs no escape.
    template <std::size_t N>
    void putWord(const char (&key)[N], std::string_view word) {
        putKey(key);
        append('"');
        append(word);
        append('"');
    }
    /// A cookie as the contract has it: "0x1d2".
    template <std::size_t N>
    void putHex(const char (&key)[N], std::uint64_t value) {
        putKey(key);
        append("\"0x");
        number(value, 16);
        append('"');
    }
    /// A member whose value is written already.
    template <std::size_t N>
    void putJson(const char (&key)[N], std::string_view json) {
        putKey(key);
        append(json);
    }
    /// An element of an array.
    template <class Value>
    void element(const Value& value) {
        separate();
        write(value);
    }
    /// Anything that is no JSON value of its own: a line feed between elements, the head of a longer text.
    void append(std::string_view text) {
        if (!text.empty()) // memcpy takes no null, not even for nothing
            std::memcpy(room(text.size()), text.data(), text.size());
        m_size += text.size();
    }

    std::string_view text() const { return {m_text.get(), m_size}; }
    /// Empty again; keeps its memory.
    void clear() {
        m_size = 0;
        begin();
    }
    /// What comes next is the first of its kind: no comma stands before it.
    void begin() { m_first = true; }

private:
    /// Room for as many more bytes, at the end.
    char* room(std::size_t bytes) {
        if (m_capacity - m_size < bytes)
            grow(bytes);
        return m_text.get() + m_size;
    }
    void grow(std::size_t bytes);
    void append(char c) {
        *room(1) = c;
        ++m_size;
    }
    void separate() {
        if (!std::exchange(m_first, false))
            append(',');
    }
    template <std::size_t N>
    void putKey(const char (&key)[N]) {
        separate();
        char* at = room(N + 2);
        *at = '"';
        std::memcpy(at + 1, key, N - 1);
        at[N] = '"';
        at[N + 1] = ':';
        m_size += N + 2;
    }
    template <class Fill>
    void enclosed(char open, char close, Fill fill) {
        append(open);
        m_first = true;
        fill();
        m_first = false;
        append(close);
    }
    template <class Integer>
    void number(Integer value, int base = 10) {
        constexpr std::size_t kMost = 24;
        char* at = room(kMost);
        m_size += static_cast<std::size_t>(std::to_chars(at, at + kMost, value, base).ptr - at);
    }
    void write(std::nullptr_t) { append("null"); }
    void write(bool value) { append(value ? std::string_view("true") : "false"); }
    void write(const std::string& text) { string(text); }
    void write(const char* text) { string(text); }
    void write(std::string_view text) { string(text); }
    template <std::integral Integer>
    void write(Integer value) {
        number(value);
    }
    void string(std::string_view text);
    void escape(char32_t code);
    void unit(unsigned value);

    std::unique_ptr<char[]> m_text;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
    bool m_first = true; ///< the next member or element is the first of its kind: no comma
};

/// JSON that another writer made, with escapes for what isTrick() in it; its content stays. @param json  valid
std::string withoutTricks(std::string_view json);

} // namespace halfopen
