// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/filter_error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::filter {

enum class Compare : std::uint8_t { Matches, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };

/// One piece of a filter's text.
struct Token {
    enum class Kind : std::uint8_t { Word, Open, Close, And, Or, Not, Operator, End };

    Kind kind = Kind::End;
    Compare compare = Compare::Equal; ///< of an Operator
    std::size_t from = 0;             ///< bytes of the text
    std::size_t to = 0;
    std::string text;            ///< of a Word without its quotation marks; else as it was typed
    std::vector<bool> quoted;    ///< for each byte of `text`: it stood in quotation marks, and means itself
    std::vector<std::size_t> at; ///< for each byte of `text`, and for its end: where it stood in the filter's text
    bool literal = false;        ///< begins with a quotation mark: neither a key nor an operator

    bool isWord(std::string_view lowerCase) const; ///< this unquoted word, any case
    void append(const Token& word);                ///< another Word, after a blank
};

/// Splits the text of a filter. Pairs of signs that a Chinese keyboard types in full width count as their ASCII ones.
/// The last token is End, at the end of the text.
Parsed<std::vector<Token>> split(std::string_view text);

/// "==", "eq", ">=", ...: the operators of ss as words and signs. nullopt: none
std::optional<Compare> operatorWord(std::string_view word);

std::string lowerCase(std::string_view text); ///< ASCII letters only
bool contains(std::string_view text, std::string_view part);
/// Whether `part`, in lower case, stands in `text`, whose letters are in any case. Allocates nothing.
bool containsAnyCase(std::string_view text, std::string_view part);
bool equalsAnyCase(std::string_view text, std::string_view lowerCase);
bool startsWithAnyCase(std::string_view text, std::string_view lowerCase);
/// '*' stands for any characters, '?' for one. @param pattern  in lower case
bool globMatches(std::string_view text, std::string_view pattern);

} // namespace halfopen::filter
