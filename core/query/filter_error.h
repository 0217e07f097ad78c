// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sentence.h"

#include <tl/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace halfopen {

/// What is wrong with a filter.
enum class FilterProblem : std::uint8_t {
    MissingValue, ///< `word`: the key or operator after which a value is missing
    MissingPort,  ///< likewise
    MissingAddress,
    MissingState,
    MissingDuration,
    MissingNumber,
    MissingCondition, ///< `word`: "and", "or", "not" or "(" after which nothing comes that could be true
    Unexpected,       ///< `word` cannot stand here
    NotClosed,        ///< a parenthesis that is opened here
    NotOpened,        ///< a parenthesis that is closed here
    QuoteNotClosed,
    UnknownKey,   ///< `word` before an operator is no key
    AsInTcpdump,  ///< `word`: what is written as tcpdump has it
    NoSuchOption, ///< `word` is none of the words that the key takes; `expected` names them where none is near
    NotAPort,     ///< neither a number nor the name of a service
    PortTooLarge,
    NotAnAddress,
    NotAPrefixLength, ///< `word`: the length
    NotANumber,
    NotADuration,
    NotASize,
    NotACookie,
    NotAMark,
    WrongOperator,   ///< the values of the key (`word`) have no order
    SeveralCompared, ///< `word`: several values after a comparison
    OtherFamily,     ///< `word`: a family of sockets without TCP
    UnknownHost,     ///< `word`: a host's name of which no address is known (yet)
    NoSuchGroup,     ///< `word`: a control group that does not exist
    TooDeep,         ///< parentheses in parentheses
    TooLong,
};

/// Where in the text of a filter something is wrong, what, and what could stand there instead. Plain value.
struct FilterError {
    FilterProblem problem = FilterProblem::Unexpected;
    std::size_t from = 0; ///< bytes of the text; from == to at its end, where something is missing
    std::size_t to = 0;
    std::string word;     ///< what it is about, see FilterProblem
    std::string expected; ///< what could stand there, as it would be typed ("sport >= :1024"), or a list; may be empty
    std::string suggestion; ///< what may have been meant, as it would be typed; may be empty

    bool operator==(const FilterError&) const = default;
};

/// Which character of the text begins at this byte, from 1 on, as a person counts them.
std::size_t positionOf(std::string_view text, std::size_t byte);

/// Without the position: "a port is missing after >=, for example  sport >= :1024".
Sentence sentenceOf(const FilterError& error);

template <class T>
using Parsed = tl::expected<T, FilterError>;

} // namespace halfopen
