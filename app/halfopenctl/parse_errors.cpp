// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/parse_errors.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfopen::ctl {

namespace {

constexpr std::string_view kAny; // stands for whatever is said there
constexpr std::string_view kEmptyValue = "an empty value (is a variable of the shell not set?)"; // behind its option

/// In this order, as the later ones fit more.
std::vector<Sentence> known() {
    return {Sentence::tr("The following argument was not expected: {0}", kAny),
            Sentence::tr("The following arguments were not expected: {0}", kAny),
            Sentence::tr("A subcommand is required"),
            Sentence::tr("Could not convert: {0} = {1}", kAny, kAny),
            Sentence::tr("{0}: an empty value (is a variable of the shell not set?)", kAny),
            Sentence::tr("{0}: {1} not in {2}", kAny, kAny, kAny),
            Sentence::tr("{0}: {1} required {2} missing", kAny, kAny, kAny),
            Sentence::tr("{0}: At least {1} required but received {2}", kAny, kAny, kAny),
            Sentence::tr("{0}: At Most {1} required but received {2}", kAny, kAny, kAny),
            Sentence::tr("{0} was given a disallowed flag override", kAny),
            Sentence::tr("{0} is required", kAny),
            Sentence::tr("{0} requires {1}", kAny, kAny),
            Sentence::tr("{0} excludes {1}", kAny, kAny)};
}

/// The text as this sentence, where it is one. Places are in the order of their numbers.
std::optional<Sentence> matched(const Sentence& sentence, std::string_view text) {
    constexpr std::size_t kPlace = 3; // "{0}"
    std::vector<Sentence::Argument> arguments;
    std::string_view rest = sentence.english();
    const auto literal = [&] { return rest.substr(0, rest.find('{')); };
    if (!text.starts_with(literal()))
        return std::nullopt;
    text.remove_prefix(literal().size());
    rest.remove_prefix(literal().size());
    while (!rest.empty()) {
        rest.remove_prefix(kPlace);
        const std::size_t end = rest.empty() ? text.size() : text.find(literal());
        if (end == std::string_view::npos)
            return std::nullopt;
        arguments.emplace_back(text.substr(0, end));
        text.remove_prefix(end + literal().size());
        rest.remove_prefix(literal().size());
    }
    if (!text.empty())
        return std::nullopt;
    return Sentence::received(sentence.english(), std::move(arguments));
}

/// The words of a filter are joined, and a command to be run has the arguments that it has.
bool mayBeEmpty(const CLI::Option& option) {
    return option.get_name() == "FILTER" || option.get_name() == "COMMAND";
}

/// Also of one that no help shows: CLI11 has no name for that.
std::string nameOf(const CLI::Option& option) {
    return option.get_lnames().empty() ? option.get_name() : "--" + option.get_lnames().front();
}

CLI::Validator notEmpty() {
    return {[](const std::string& value) { return value.empty() ? std::string(kEmptyValue) : std::string(); }, ""};
}

} // namespace

void refuseEmptyValues(CLI::App& app) {
    for (CLI::Option* option : app.get_options({}))
        if (option->get_items_expected_max() > 0 && !mayBeEmpty(*option))
            option->check(notEmpty());
    for (CLI::App* command : app.get_subcommands({}))
        refuseEmptyValues(*command);
}

std::optional<Sentence> optionWithoutMeaning(const CLI::App& app) {
    for (const CLI::App* chosen : app.get_subcommands()) {
        for (const CLI::Option* option : app.get_options())
            if (option->count() > 0 && !chosen->get_option_no_throw(nameOf(*option)))
                return Sentence::tr("{0} means nothing to {1} {2}", nameOf(*option), app.get_name(),
                                    chosen->get_name());
        if (auto inside = optionWithoutMeaning(*chosen))
            return inside;
    }
    return std::nullopt;
}

Sentence sentenceOf(const CLI::ParseError& error) {
    const std::string_view text = error.what();
    for (const Sentence& sentence : known())
        if (const auto found = matched(sentence, text))
            return *found;
    return Sentence::tr("{0}", text);
}

} // namespace halfopen::ctl
