// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/text_tests.h"

#include "core/query/filter_text.h"

#include <algorithm>

namespace halfopen::filter {

namespace {

/// The text that it is, or the last part of a path.
bool saysPath(const TextTest& test, std::string_view path) {
    return saysText(test, path) || saysText(test, path.substr(path.rfind('/') + 1));
}

bool saysUnit(const TextTest& test, const ProcessUnit& unit) {
    if (test.key == TextKey::Unit)
        return saysText(test, unit.unit);
    return saysText(test, unit.container) ||
           (test.how != TextMatch::Nothing &&
            (saysText(test, unit.runtime) || (test.how == TextMatch::Equals && test.text.size() >= 12 &&
                                              startsWithAnyCase(unit.container, test.text))));
}

} // namespace

bool saysText(const TextTest& test, std::string_view text) {
    switch (test.how) {
    case TextMatch::Contains:
        return containsAnyCase(text, test.text);
    case TextMatch::Equals:
        return equalsAnyCase(text, test.text);
    case TextMatch::Glob:
        return globMatches(text, test.text);
    case TextMatch::Nothing:
        return text.empty();
    }
    return false;
}

bool saysHome(const TextTest& test, const Row& row, const Frame& frame) {
    if (test.key != TextKey::Unit && test.key != TextKey::Container)
        return false;
    const NetnsContext& netns = frame.netnsOf(row);
    const ProcessUnit* unit = frame.unitOf(row);
    return (unit && saysUnit(test, *unit)) || (test.key == TextKey::Container && test.how != TextMatch::Nothing &&
                                               netns.inside.kind == NetnsKind::Container && saysText(test, netns.name));
}

bool saysNetns(const TextTest& test, const NetnsContext& netns) {
    if (test.how == TextMatch::Nothing)
        return netns.name.empty();
    const auto isNumber = [&](std::uint64_t number) { return number != 0 && test.text == std::to_string(number); };
    return saysText(test, netns.name) || isNumber(netns.netns) || isNumber(netns.cookie);
}

bool saysOwner(const TextTest& test, const Owner& owner) {
    static const Program kNone;
    const Program& program = owner.program ? *owner.program : kNone;
    static const ProcessUnit kNoUnit;
    switch (test.key) {
    case TextKey::Process:
        return saysText(test, owner.name) ||
               (test.how != TextMatch::Nothing && std::ranges::any_of(program.names(), [&](std::string_view name) {
                    return !name.empty() && saysPath(test, name);
                }));
    case TextKey::Program:
        return saysPath(test, program.executable);
    case TextKey::CommandLine:
        return saysText(test, program.commandLine);
    case TextKey::Unit:
    case TextKey::Container:
        return saysUnit(test, owner.unit ? *owner.unit : kNoUnit);
    default:
        return false;
    }
}

bool isOfOwner(TextKey key) {
    return key <= TextKey::Container;
}

} // namespace halfopen::filter
