// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_hints.h"

#include "core/query/filter_keys.h"
#include "core/query/filter_run.h"
#include "core/query/filter_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace halfopen {

using namespace filter;

namespace {

/// Leaves that have to be so somewhere for the filter to find anything by them.
void positiveLeaves(const FilterTree& tree, std::uint32_t index, std::vector<std::uint32_t>& leaves) {
    std::vector<std::uint32_t> open{index};
    while (!open.empty()) {
        const Node node = tree.nodes[open.back()];
        open.pop_back();
        if (node.kind == Node::Kind::Leaf)
            leaves.push_back(node.left);
        if (node.kind == Node::Kind::And || node.kind == Node::Kind::Or) {
            open.push_back(node.right);
            open.push_back(node.left);
        }
    }
}

/// It stands for something by itself, which just is not there now.
bool isOfTheLanguage(const Test& test) {
    const auto* word = std::get_if<WordTest>(&test);
    return word && (word->states | word->diagnoses | word->conditions | word->timers | word->next | word->givesUp |
                    word->keepalive | word->unknownOwner | (word->service ? 1U : 0U)) != 0;
}

std::string_view nameIn(const Test& test) {
    if (const auto* word = std::get_if<WordTest>(&test))
        return word->text;
    if (const auto* text = std::get_if<TextTest>(&test))
        return text->how == TextMatch::Nothing ? std::string_view() : std::string_view(text->text);
    if (const auto* device = std::get_if<DeviceTest>(&test))
        return device->name;
    return {};
}

/// What is called something on this machine.
std::set<std::string> namesOf(const Frame& frame) {
    std::set<std::string> names;
    for (const auto& [inode, owners] : *frame.owners) {
        for (const Owner& owner : owners) {
            names.insert(owner.name);
            if (owner.unit)
                names.insert(owner.unit->unit);
            if (owner.program)
                names.insert(std::string(owner.program->names().front()));
        }
    }
    for (const auto& netns : frame.namespaces) {
        for (const auto& [index, name] : netns->interfaces)
            names.insert(name);
        for (const auto& [uid, name] : netns->host->users)
            names.insert(name);
    }
    names.erase("");
    return names;
}

std::vector<std::string_view> vocabulary(const FilterNames& names) {
    std::vector<std::string_view> words;
    for (const MaskKey key : {MaskKey::Diagnosis, MaskKey::State, MaskKey::Condition, MaskKey::GivesUp})
        for (const auto& [word, bits] : wordsOf(key))
            words.push_back(word);
    for (const auto& alias : names.words)
        words.push_back(alias.shown);
    return words;
}

std::string serviceNear(std::string_view word, const FilterNames& names) {
    std::vector<std::string_view> services;
    for (const auto& [name, port] : names.services.ports())
        services.push_back(name);
    std::ranges::sort(services);
    return std::string(nearest(word, services));
}

/// The nearest of what is on this machine, of the language's words, and of services, in this order.
void suggest(FilterHint& hint, const Test& test, const Frame& frame, const FilterNames& names) {
    const std::string word = lowerCase(hint.word);
    const auto machine = namesOf(frame);
    hint.meant = nearest(word, {machine.begin(), machine.end()});
    if (!hint.meant.empty() || !std::holds_alternative<WordTest>(test))
        return;
    hint.meant = nearest(word, vocabulary(names));
    if (!hint.meant.empty())
        return;
    hint.meant = serviceNear(word, names);
    if (!hint.meant.empty())
        hint.whatItIs = fmt::format("port {}", names.services.portOf(hint.meant).value_or(0));
}

/// A number that is neither a port nor a process may be one that the column Keepalive shows.
bool isKeepaliveTime(std::int32_t number, const Frame& frame) {
    return std::ranges::any_of(frame.rows, [&](const Row& row) {
        return row.options.enabled == Switch::On && row.options.idleSeconds == number && row.change != Change::Closed;
    });
}

} // namespace

std::vector<FilterHint> hintsFor(const Filter& filter, const Frame& frame, const FilterNames& names) {
    std::vector<FilterHint> hints;
    if (!filter.tree())
        return hints;
    const FilterTree& tree = *filter.tree();
    std::vector<std::uint32_t> leaves;
    positiveLeaves(tree, tree.root, leaves);
    FilterRun run(filter, frame);
    for (const std::uint32_t leaf : leaves) {
        const Test& test = tree.tests[leaf];
        const auto* number = std::get_if<PortOrPidTest>(&test);
        const auto name = nameIn(test);
        if ((!number && name.size() < 2) || isOfTheLanguage(test) ||
            std::ranges::any_of(
                frame.rows, [&](const Row& row) { return row.change != Change::Closed && run.testMatches(leaf, row); }))
            continue;
        FilterHint hint{tree.places[leaf].from, tree.places[leaf].to, std::string(name), {}, {}};
        if (number) {
            hint.word = std::to_string(number->pid);
            if (isKeepaliveTime(number->pid, frame))
                hint.meant = fmt::format("keepidle={}", number->pid);
        } else {
            suggest(hint, test, frame, names);
        }
        hints.push_back(std::move(hint));
    }
    return hints;
}

Sentence sentenceOf(const FilterHint& hint) {
    if (hint.meant.empty())
        return Sentence::tr("No connection has '{0}' anywhere.", hint.word);
    if (hint.whatItIs.empty())
        return Sentence::tr("No connection has '{0}' anywhere; did you mean {1}?", hint.word, hint.meant);
    return Sentence::tr("No connection has '{0}' anywhere; did you mean {1} ({2})?", hint.word, hint.meant,
                        hint.whatItIs);
}

} // namespace halfopen
