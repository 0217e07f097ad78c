// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_error.h"

#include <fmt/format.h>

#include <string_view>

namespace halfopen {

namespace {

std::string whatIsWrong(const FilterError& error) {
    const std::string_view word = error.word;
    switch (error.problem) {
    case FilterProblem::MissingValue:
        return fmt::format("a value is missing after {}", word);
    case FilterProblem::MissingPort:
        return fmt::format("a port is missing after {}", word);
    case FilterProblem::MissingAddress:
        return fmt::format("an address is missing after {}", word);
    case FilterProblem::MissingState:
        return fmt::format("a state is missing after {}", word);
    case FilterProblem::MissingDuration:
        return fmt::format("a duration is missing after {}", word);
    case FilterProblem::MissingNumber:
        return fmt::format("a number is missing after {}", word);
    case FilterProblem::MissingCondition:
        return fmt::format("a condition is missing after {}", word);
    case FilterProblem::Unexpected:
        return fmt::format("{} cannot stand here", word);
    case FilterProblem::NotClosed:
        return "this parenthesis is not closed";
    case FilterProblem::NotOpened:
        return "this parenthesis closes none";
    case FilterProblem::QuoteNotClosed:
        return "this quotation mark has no second one";
    case FilterProblem::UnknownKey:
        return fmt::format("there is no key '{}'", word);
    case FilterProblem::NoSuchOption:
        return fmt::format("'{}' is none of its words", word);
    case FilterProblem::NotAPort:
        return fmt::format("'{}' is no port and no service", word);
    case FilterProblem::PortTooLarge:
        return fmt::format("{} is no port: ports end at 65535", word);
    case FilterProblem::NotAnAddress:
        return fmt::format("'{}' is no address", word);
    case FilterProblem::NotAPrefixLength:
        return fmt::format("'{}' is no length of a prefix of this address", word);
    case FilterProblem::NotANumber:
        return fmt::format("'{}' is no number", word);
    case FilterProblem::NotADuration:
        return fmt::format("'{}' is no duration", word);
    case FilterProblem::NotASize:
        return fmt::format("'{}' is no number of bytes", word);
    case FilterProblem::NotACookie:
        return fmt::format("'{}' is no socket cookie in hex", word);
    case FilterProblem::NotAMark:
        return fmt::format("'{}' is no mark", word);
    case FilterProblem::WrongOperator:
        return fmt::format("{} has no greater and no less", word);
    case FilterProblem::OtherFamily:
        return fmt::format("sockets of the family {} are not shown here, only TCP", word);
    case FilterProblem::UnknownHost:
        return fmt::format("'{}' is no address and no known host", word);
    case FilterProblem::NoSuchGroup:
        return fmt::format("there is no control group '{}'", word);
    case FilterProblem::TooDeep:
        return "too many parentheses are open";
    case FilterProblem::TooLong:
        return "the filter is too long";
    }
    return {};
}

} // namespace

std::string sentenceOf(const FilterError& error) {
    std::string sentence = whatIsWrong(error);
    if (!error.expected.empty())
        sentence += fmt::format(", for example  {}", error.expected);
    if (!error.suggestion.empty())
        sentence += fmt::format("; did you mean {}?", error.suggestion);
    return sentence;
}

} // namespace halfopen
