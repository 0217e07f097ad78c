// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_completion.h"

#include "core/query/filter_keys.h"
#include "core/query/filter_text.h"

#include <algorithm>
#include <map>
#include <span>

namespace halfopen {

using namespace filter;

namespace {

using Counts = std::map<std::string, std::uint32_t>;

/// What is being typed: a key that is complete, how it is joined to its value, and the beginning of that.
struct Typed {
    const Key* key = nullptr;
    std::string prefix; ///< before the value, as it has to stay
    std::string value;
    std::size_t from = 0;
};

bool isSign(char c) {
    return std::string_view(" \t()|&!<>=").find(c) != std::string_view::npos;
}

/// The word before `end`, and where it begins.
std::size_t wordBegin(std::string_view text, std::size_t end) {
    while (end > 0 && !isSign(text[end - 1]))
        --end;
    return end;
}

/// The key whose value comes here: "dport = |", "state |", "user=|".
const Key* keyBefore(std::string_view text, std::size_t at) {
    while (at > 0 && (text[at - 1] == ' ' || std::string_view("=!<>").find(text[at - 1]) != std::string_view::npos))
        --at;
    const std::size_t begin = wordBegin(text, at);
    const std::string_view word = text.substr(begin, at - begin);
    if (equalsAnyCase(word, "exclude"))
        return keyNamed("state");
    return keyNamed(word);
}

const Key* portKey(Side side) {
    return keyNamed(side == Side::Local ? "sport" : side == Side::Remote ? "dport" : "port");
}

Typed typedAt(std::string_view text, std::size_t caret) {
    Typed typed;
    typed.from = wordBegin(text, caret);
    const std::string_view word = text.substr(typed.from, caret - typed.from);
    const auto colon = word.find(':');
    if (colon != std::string_view::npos && colon > 0) {
        typed.key = keyNamed(word.substr(0, colon));
        if (typed.key) {
            const auto comma = word.rfind(',');
            const std::size_t begin = comma != std::string_view::npos && comma > colon ? comma + 1 : colon + 1;
            typed.from += begin;
            typed.value = word.substr(begin);
            return typed;
        }
    }
    const Key* before = typed.from > 0 ? keyBefore(text, typed.from) : nullptr;
    const bool isValue = before && (before->takesWord || (typed.from > 0 && text[typed.from - 1] != ' '));
    typed.key = isValue ? before : nullptr;
    typed.value = word;
    const bool isOfHost = typed.key && typed.key->kind == KeyKind::Host;
    if (word.starts_with(':') && (!typed.key || isOfHost)) // ":443", "dst :443"
        typed.key = portKey(isOfHost ? typed.key->side : Side::Either);
    return typed;
}

/// A port by its number: "4", ":44".
bool isPortNumber(std::string_view typed) {
    const std::string_view digits = typed.substr(typed.starts_with(':') ? 1 : 0);
    return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isAlive(const Row& row) {
    return row.change != Change::Closed;
}

void count(Counts& counts, std::string_view value) {
    if (!value.empty())
        ++counts[std::string(value)];
}

void countName(Counts& counts, std::string_view name) {
    const bool plain = name.find_first_of(" \t()|&!<>=,\"'*?") == std::string_view::npos;
    if (!name.empty() && name.find('"') == std::string_view::npos)
        ++counts[plain ? std::string(name) : '"' + std::string(name) + '"'];
}

void countOwners(Counts& counts, const Key& key, const Frame& frame, const Row& row) {
    if (key.text == TextKey::Container && frame.netnsOf(row).inside.kind == NetnsKind::Container)
        countName(counts, frame.netnsOf(row).name);
    for (const Owner& owner : frame.ownersOf(row)) {
        if (key.kind == KeyKind::Pid)
            count(counts, std::to_string(owner.pid));
        else if (key.text == TextKey::Process)
            countName(counts, owner.name);
        else if (key.text == TextKey::Program && owner.program)
            countName(counts, owner.program->executable);
        else if (key.text == TextKey::Unit && owner.unit)
            countName(counts, owner.unit->unit);
        else if (key.text == TextKey::Container && owner.unit)
            countName(counts, owner.unit->container);
    }
}

template <class Add>
void eachSide(Side side, const Connection& c, const Add& add) {
    if (side != Side::Remote)
        add(c.local);
    if (side != Side::Local && !(side == Side::Either && c.local == c.remote))
        add(c.remote);
}

/// By its number where that is being typed, else by the name of its service where it has one.
void countPorts(Counts& counts, const Typed& typed, const FilterNames& names, const Connection& c) {
    const bool byNumber = isPortNumber(typed.value);
    eachSide(typed.key->side, c, [&](const Endpoint& one) {
        if (one.port == 0)
            return;
        const auto service = byNumber ? std::string_view() : names.services.nameOf(one.port);
        count(counts, service.empty() ? std::to_string(one.port) : std::string(service));
    });
}

/// With its port once a colon has been typed.
void countHosts(Counts& counts, const Typed& typed, const Connection& c) {
    const bool withPort = typed.value.find_first_of(":[") != std::string::npos;
    eachSide(typed.key->side, c, [&](const Endpoint& one) {
        if (one.address.isUnspecified())
            return;
        count(counts, one.address.toString());
        if (withPort && one.port != 0)
            count(counts, one.toString());
    });
}

void countRow(Counts& counts, const Typed& typed, const Frame& frame, const FilterNames& names, const Row& row) {
    const Connection& c = row.connection;
    const Key& key = *typed.key;
    switch (key.kind) {
    case KeyKind::Port:
        return countPorts(counts, typed, names, c);
    case KeyKind::Host:
        return countHosts(counts, typed, c);
    case KeyKind::Device:
        return count(counts, frame.interfaceOf(row));
    case KeyKind::Pid:
        return countOwners(counts, key, frame, row);
    case KeyKind::Text:
        if (key.text == TextKey::User)
            return countName(counts, frame.userOf(row));
        if (key.text == TextKey::Interface)
            return countName(counts, frame.interfaceOf(row));
        if (key.text == TextKey::Netns)
            return countName(counts, frame.netnsOf(row).name);
        if (key.text == TextKey::Mptcp)
            return count(counts, tokenText(frame.mptcpOf(row)));
        if (key.text == TextKey::Congestion)
            return countName(counts, congestionName(c.congestion));
        if (key.text == TextKey::RemoteName)
            return countName(counts, frame.remoteNameOf(row));
        return countOwners(counts, key, frame, row);
    case KeyKind::State:
    case KeyKind::Mask:
    case KeyKind::Number: {
        const MaskKey mask = key.kind == KeyKind::State ? MaskKey::State : key.mask.value_or(MaskKey::Change);
        if (key.kind == KeyKind::Number && !key.mask)
            return;
        const std::uint32_t bits = maskOf(mask, row, frame);
        std::uint32_t named = 0; // each bit by the first of its words
        for (const auto& [word, bit] : wordsOf(mask)) {
            if ((bits & bit) != 0 && (named & bit) == 0)
                count(counts, word);
            named |= bit;
        }
        return;
    }
    default:
        return;
    }
}

/// How a value is put into the text: a port keeps the colon that was typed, and has its name beside it.
Completion completionOf(const Typed& typed, const std::string& value, std::uint32_t number, const FilterNames& names) {
    if (typed.key->kind != KeyKind::Port || !isPortNumber(typed.value))
        return {value, {}, number};
    const auto port = static_cast<std::uint16_t>(std::stoul(value)); // made by countPorts()
    return {(typed.value.starts_with(':') ? ":" : "") + value, std::string(names.services.nameOf(port)), number};
}

std::vector<Completion> valuesOf(const Typed& typed, const Frame& frame, const FilterNames& names) {
    Counts counts;
    const std::size_t looked = std::min(frame.rows.size(), kRowsForCompletion);
    for (const Row& row : std::span(frame.rows).first(looked))
        if (isAlive(row))
            countRow(counts, typed, frame, names, row);
    std::vector<Completion> values;
    const std::string begun = lowerCase(typed.value.starts_with(':') ? typed.value.substr(1) : typed.value);
    for (const auto& [value, number] : counts)
        if (startsWithAnyCase(value.starts_with('"') ? value.substr(1) : value, begun))
            values.push_back(completionOf(typed, value, number, names));
    std::ranges::stable_sort(values, std::ranges::greater{}, [](const Completion& one) { return *one.count; });
    if (looked < frame.rows.size())
        for (Completion& one : values)
            one.count.reset();
    return values;
}

std::vector<Completion> wordsFor(std::string_view begun) {
    std::vector<Completion> words;
    const std::string lower = lowerCase(begun);
    if (lower.empty())
        return words;
    for (const Key& key : keys())
        if (key.name.starts_with(lower))
            words.push_back({std::string(key.name) + (key.takesWord             ? " "
                                                      : key.number && !key.mask ? ""
                                                                                : ":"),
                             {},
                             {}});
    for (const std::string_view word : {"exclude ", "autobound", "and ", "or ", "not "})
        if (word.starts_with(lower))
            words.push_back({std::string(word), {}, {}});
    for (const MaskKey key : {MaskKey::Diagnosis, MaskKey::Condition})
        for (const auto& [word, bit] : wordsOf(key))
            if (word.starts_with(lower))
                words.push_back({std::string(word), {}, {}});
    std::erase_if(words, [&](const Completion& one) { return one.text == lower; });
    return words;
}

} // namespace

Completions completionsFor(std::string_view text, std::size_t caret, const Frame& frame, const FilterNames& names,
                           std::size_t most) {
    caret = std::min(caret, text.size());
    Completions found{caret, caret, {}};
    if (std::ranges::count(text.substr(0, caret), '"') % 2 != 0) // within a quotation
        return found;
    const Typed typed = typedAt(text, caret);
    found.from = typed.from;
    found.all = typed.key ? valuesOf(typed, frame, names) : wordsFor(typed.value);
    if (found.all.size() > most)
        found.all.resize(most);
    return found;
}

} // namespace halfopen
