// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_error.h"

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

/// Instead of an example.
bool hasList(const FilterError& error) {
    return error.problem == FilterProblem::NoSuchOption && error.suggestion.empty();
}

/// What may stand there.
std::string_view exampleOf(const FilterError& error) {
    if (!error.expected.empty())
        return error.expected;
    if (error.problem == FilterProblem::MissingCondition)
        return "state established";
    return error.problem == FilterProblem::UnknownKey && error.suggestion.empty() ? "process:firefox" : "";
}

Sentence whatIsWrong(const FilterError& error) {
    const std::string& word = error.word;
    switch (error.problem) {
    case FilterProblem::MissingValue:
        return Sentence::tr("a value is missing after {0}", word);
    case FilterProblem::MissingPort:
        return Sentence::tr("a port is missing after {0}", word);
    case FilterProblem::MissingAddress:
        return Sentence::tr("an address is missing after {0}", word);
    case FilterProblem::MissingState:
        return Sentence::tr("a state is missing after {0}", word);
    case FilterProblem::MissingDuration:
        return Sentence::tr("a duration is missing after {0}", word);
    case FilterProblem::MissingNumber:
        return Sentence::tr("a number is missing after {0}", word);
    case FilterProblem::MissingCondition:
        return Sentence::tr("a condition is missing after {0}", word);
    case FilterProblem::Unexpected:
        return Sentence::tr("{0} cannot stand here", word);
    case FilterProblem::NotClosed:
        return Sentence::tr("this parenthesis is not closed");
    case FilterProblem::NotOpened:
        return Sentence::tr("this parenthesis closes none");
    case FilterProblem::QuoteNotClosed:
        return Sentence::tr("this quotation mark has no second one");
    case FilterProblem::UnknownKey:
        return Sentence::tr("there is no key '{0}'", word);
    case FilterProblem::AsInTcpdump:
        return Sentence::tr("'{0}' is as tcpdump has it", word);
    case FilterProblem::NoSuchOption:
        return hasList(error) ? Sentence::tr("'{0}' is none of its words, which are {1}", word, error.expected)
                              : Sentence::tr("'{0}' is none of its words", word);
    case FilterProblem::NotAPort:
        return Sentence::tr("'{0}' is no port and no service", word);
    case FilterProblem::PortTooLarge:
        return Sentence::tr("{0} is no port: ports end at 65535", word);
    case FilterProblem::NotAnAddress:
        return Sentence::tr("'{0}' is no address", word);
    case FilterProblem::NotAPrefixLength:
        return Sentence::tr("'{0}' is no length of a prefix of this address", word);
    case FilterProblem::NotANumber:
        return Sentence::tr("'{0}' is no number", word);
    case FilterProblem::NotADuration:
        return Sentence::tr("'{0}' is no duration", word);
    case FilterProblem::NotASize:
        return Sentence::tr("'{0}' is no number of bytes", word);
    case FilterProblem::NotACookie:
        return Sentence::tr("'{0}' is no socket cookie in hex", word);
    case FilterProblem::NotAMark:
        return Sentence::tr("'{0}' is no mark", word);
    case FilterProblem::WrongOperator:
        return Sentence::tr("{0} has no greater and no less", word);
    case FilterProblem::SeveralCompared:
        return Sentence::tr("'{0}' is several values, and a comparison takes one", word);
    case FilterProblem::OtherFamily:
        return Sentence::tr("sockets of the family {0} are not shown here, only TCP", word);
    case FilterProblem::UnknownHost:
        return Sentence::tr("'{0}' is no address and no known host", word);
    case FilterProblem::NoSuchGroup:
        return Sentence::tr("there is no control group '{0}'", word);
    case FilterProblem::TooDeep:
        return Sentence::tr("too many parentheses are open");
    case FilterProblem::TooLong:
        return Sentence::tr("the filter is too long");
    }
    return {};
}

} // namespace

std::size_t positionOf(std::string_view text, std::size_t byte) {
    const auto before = text.substr(0, byte);
    const auto isFirst = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
    return static_cast<std::size_t>(std::ranges::count_if(before, isFirst)) + 1;
}

Sentence sentenceOf(const FilterError& error) {
    Sentence sentence = whatIsWrong(error);
    if (const auto example = exampleOf(error); !example.empty() && !hasList(error))
        sentence = Sentence::tr("{0}, for example  {1}", std::move(sentence), example);
    if (!error.suggestion.empty())
        sentence = Sentence::tr("{0}; did you mean {1}?", std::move(sentence), error.suggestion);
    return sentence;
}

} // namespace halfopen
