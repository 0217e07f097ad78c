// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_hints.h"

#include "core/query/filter_keys.h"
#include "core/query/filter_numbers.h"
#include "core/query/filter_run.h"
#include "core/query/filter_slips.h"
#include "core/query/filter_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

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

/// A name that is asked for, and how that is typed: "unit:", "dev ", "" before a plain word.
struct Asked {
    std::string key;
    std::string_view name;
};

const Key& keyOf(TextKey text) {
    return *std::ranges::find_if(keys(), [&](const Key& key) { return key.kind == KeyKind::Text && key.text == text; });
}

Asked nameIn(const Test& test) {
    if (const auto* word = std::get_if<WordTest>(&test))
        return {{}, word->text};
    if (const auto* device = std::get_if<DeviceTest>(&test))
        return {"dev ", device->name};
    const auto* text = std::get_if<TextTest>(&test);
    if (!text || text->how == TextMatch::Nothing)
        return {};
    return {std::string(keyOf(text->key).name) + (text->how == TextMatch::Equals ? '=' : ':'), text->text};
}

using Names = std::set<std::pair<TextKey, std::string>>;

/// What is called something on this machine.
Names namesOf(const Frame& frame) {
    Names names;
    for (const auto& [inode, owners] : *frame.owners) {
        for (const Owner& owner : owners) {
            names.emplace(TextKey::Process, owner.name);
            if (owner.unit) {
                names.emplace(TextKey::Unit, owner.unit->unit);
                names.emplace(TextKey::Container, owner.unit->container);
            }
            if (owner.program)
                names.emplace(TextKey::Process, owner.program->names().front());
        }
    }
    for (const auto& netns : frame.namespaces) {
        names.emplace(TextKey::Netns, netns->name);
        for (const auto& [index, name] : netns->interfaces)
            names.emplace(TextKey::Interface, name);
        for (const auto& [uid, name] : netns->host->users)
            names.emplace(TextKey::User, name);
    }
    std::erase_if(names, [](const auto& name) { return name.second.empty(); });
    return names;
}

std::vector<std::string_view> vocabulary(const FilterNames& names) {
    std::vector<std::string_view> words;
    for (const MaskKey key : {MaskKey::Diagnosis, MaskKey::State, MaskKey::Condition, MaskKey::GivesUp})
        for (const auto& [word, bits] : wordsOf(key))
            words.push_back(word);
    for (const auto& alias : names.words)
        if (alias.shown.find(' ') == std::string::npos)
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

/// The nearest that is called so, under that key or, without one, under any; what is just this has no connection.
std::string nearestName(std::string_view word, const Names& names, std::optional<TextKey> key) {
    std::vector<std::string_view> all;
    for (const auto& [of, name] : names) {
        if (key && of != *key)
            continue;
        if (equalsAnyCase(name, word))
            return {};
        all.push_back(name);
    }
    return std::string(nearest(word, all));
}

/// "process:firefox" for "unit:firefox".
std::string underAnotherKey(std::string_view word, const Names& names) {
    const auto found = std::ranges::find_if(names, [&](const auto& name) { return equalsAnyCase(name.second, word); });
    return found == names.end() ? std::string() : fmt::format("{}:{}", keyOf(found->first).name, found->second);
}

/// The nearest of what is on this machine, of the language's keys and words, and of services, in this order.
void suggestForWord(FilterHint& hint, std::string_view word, const Names& machine, const FilterNames& names) {
    hint.meant = nearestName(word, machine, {});
    if (hint.meant.empty())
        hint.meant = withKeyNear(word, names);
    if (hint.meant.empty())
        hint.meant = nearest(word, vocabulary(names));
    if (!hint.meant.empty())
        return;
    hint.meant = serviceNear(word, names);
    if (!hint.meant.empty())
        hint.whatItIs = fmt::format("port {}", names.services.portOf(hint.meant).value_or(0));
}

FilterHint hintFor(const Test& test, const Asked& asked, const Frame& frame, const FilterNames& names) {
    FilterHint hint;
    hint.word = asked.key + std::string(asked.name);
    const std::string word = lowerCase(asked.name);
    if (asked.key.empty() && word == "tcp") {
        hint.kind = FilterHint::Kind::AllTcp;
        return hint;
    }
    const Names machine = namesOf(frame);
    if (asked.key.empty()) {
        suggestForWord(hint, word, machine, names);
        return hint;
    }
    const auto* text = std::get_if<TextTest>(&test);
    const TextKey key = text ? text->key : TextKey::Interface;
    if (const auto near = nearestName(word, machine, key); !near.empty())
        hint.meant = asked.key + near;
    else if (hint.meant = underAnotherKey(word, machine); hint.meant.starts_with(keyOf(key).name))
        hint.meant.clear();
    return hint;
}

/// A number that is neither a port nor a process may be one that the column Keepalive shows. It is found by its key
/// alone: what a filter finds can be closed, and 7200 is in the cell of every socket that has the system's values.
FilterHint hintFor(const PortOrPidTest& number, const Frame& frame) {
    FilterHint hint;
    hint.kind = FilterHint::Kind::NoNumber;
    hint.word = std::to_string(number.pid);
    const auto shown = [&](auto value) {
        return std::ranges::any_of(frame.rows, [&](const Row& row) {
            return row.options.enabled == Switch::On && value(row.options) == number.pid &&
                   row.change != Change::Closed;
        });
    };
    if (shown([](const KeepaliveOptions& o) { return o.idleSeconds; }))
        hint.meant = fmt::format("keepidle={}", number.pid);
    else if (shown([](const KeepaliveOptions& o) { return o.intervalSeconds; }))
        hint.meant = fmt::format("keepintvl={}", number.pid);
    else if (shown([](const KeepaliveOptions& o) { return o.probes; }))
        hint.meant = fmt::format("keepcnt={}", number.pid);
    return hint;
}

/// The whole of a list with commas, which is asked for only because a name may have one.
bool isWholeList(const FilterTree& tree, std::uint32_t leaf) {
    const auto* word = std::get_if<WordTest>(&tree.tests[leaf]);
    return word && leaf > 0 && tree.places[leaf].from == tree.places[leaf - 1].from &&
           tree.places[leaf].to == tree.places[leaf - 1].to && contains(word->text, ",");
}

/// The keys of which the first sample of all knows nothing.
void hintsOfNotKnown(const FilterTree& tree, std::vector<FilterHint>& hints) {
    for (std::size_t leaf = 0; leaf < tree.tests.size(); ++leaf) {
        const auto* number = std::get_if<NumberTest>(&tree.tests[leaf]);
        if (!number || !number::takesTwoSamples(number->get))
            continue;
        const auto key = std::ranges::find(keys(), number->get, &Key::number);
        hints.push_back({.from = tree.places[leaf].from,
                         .to = tree.places[leaf].to,
                         .word = std::string(key->name),
                         .kind = FilterHint::Kind::NotKnown});
    }
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
        const Asked asked = nameIn(test);
        if ((!number && asked.name.size() < 2) || isOfTheLanguage(test) || isWholeList(tree, leaf) ||
            std::ranges::any_of(
                frame.rows, [&](const Row& row) { return row.change != Change::Closed && run.testMatches(leaf, row); }))
            continue;
        FilterHint hint = number ? hintFor(*number, frame) : hintFor(test, asked, frame, names);
        hint.from = tree.places[leaf].from;
        hint.to = tree.places[leaf].to;
        hints.push_back(std::move(hint));
    }
    if (!frame.isWatched())
        hintsOfNotKnown(tree, hints);
    return hints;
}

Sentence sentenceOf(const FilterHint& hint) {
    switch (hint.kind) {
    case FilterHint::Kind::AllTcp:
        return Sentence::tr("No connection has '{0}' anywhere: all that are shown are TCP.", hint.word);
    case FilterHint::Kind::NotKnown:
        return Sentence::tr("{0} is not known from one sample, so nothing compares with it.", hint.word);
    case FilterHint::Kind::NoNumber:
        return hint.meant.empty() ? Sentence::tr("No connection has the port or the process {0}.", hint.word)
                                  : Sentence::tr("No connection has the port or the process {0}; did you mean {1}?",
                                                 hint.word, hint.meant);
    case FilterHint::Kind::Nowhere:
        break;
    }
    if (hint.meant.empty())
        return Sentence::tr("No connection has '{0}' anywhere.", hint.word);
    if (hint.whatItIs.empty())
        return Sentence::tr("No connection has '{0}' anywhere; did you mean {1}?", hint.word, hint.meant);
    return Sentence::tr("No connection has '{0}' anywhere; did you mean {1} ({2})?", hint.word, hint.meant,
                        hint.whatItIs);
}

} // namespace halfopen
