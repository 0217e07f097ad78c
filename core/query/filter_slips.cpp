// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_slips.h"

#include <algorithm>
#include <array>
#include <utility>

namespace halfopen::filter {

namespace {

using Kind = Token::Kind;
using Pair = std::pair<std::string_view, std::string_view>;

// Wireshark's fields (docs of its dissectors of TCP and IP), with the keys for them.
constexpr std::array<Pair, 15> kFields{{{"tcp.port", "port"},
                                        {"tcp.srcport", "sport"},
                                        {"tcp.dstport", "dport"},
                                        {"ip.addr", "address"},
                                        {"ip.src", "src"},
                                        {"ip.dst", "dst"},
                                        {"ip.host", "hostname"},
                                        {"ip.dst_host", "hostname"},
                                        {"ipv6.addr", "address"},
                                        {"ipv6.src", "src"},
                                        {"ipv6.dst", "dst"},
                                        {"ipv6.host", "hostname"},
                                        {"tcp.analysis.ack_rtt", "rtt"},
                                        {"tcp.analysis.initial_rtt", "rtt"},
                                        {"frame.interface_name", "interface"}}};

std::string_view named(std::span<const Pair> pairs, std::string_view name) {
    const auto found = std::ranges::find_if(pairs, [&](const Pair& one) { return equalsAnyCase(name, one.first); });
    return found == pairs.end() ? std::string_view() : found->second;
}

bool takes(const Key& key, const std::vector<Value>& values, const FilterNames& names) {
    std::vector<KernelQuestion> questions;
    return std::ranges::all_of(
        values, [&](const Value& value) { return testOf(key, Compare::Matches, value, names, questions).has_value(); });
}

bool isPlain(const Token& token) {
    return token.kind == Kind::Word && !token.literal;
}

/// The key whose name, or another of its names, is nearest, and that name. Those of two letters are near to too much.
std::string_view keyNear(std::string_view typed) {
    std::vector<std::string_view> all;
    for (const Key& key : keys()) {
        all.push_back(key.name);
        for (std::string_view others = key.others; !others.empty();) {
            const auto one = others.substr(0, others.find(' '));
            if (one.size() > 2)
                all.push_back(one);
            others.remove_prefix(std::min(one.size() + 1, others.size()));
        }
    }
    return nearest(lowerCase(typed), all);
}

bool isName(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; });
}

/// Written with nothing but what addresses of IPv6 and of Ethernet are written with.
bool maybeAddress(std::string_view text) {
    return text.find_first_not_of("0123456789abcdefABCDEF:.%[]/") == std::string_view::npos;
}

bool isNumber(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The key that was nearly typed before the colon; nullptr: none, or what follows is no value of its.
const Key* keyBefore(const Token& word, std::size_t colon, std::string_view& near, const FilterNames& names) {
    const auto typed = std::string_view(word.text).substr(0, colon);
    if (typed.size() < 3 || !isName(typed) || maybeAddress(word.text))
        return nullptr;
    near = keyNear(typed);
    const Key* key = near.empty() ? nullptr : keyNamed(near);
    return key && takes(*key, valuesOf(word, colon + 1), names) ? key : nullptr;
}

} // namespace

std::optional<FilterError> asInTcpdump(std::span<const Token> rest, const FilterNames& names) {
    const bool sided = rest[0].isWord("src") || rest[0].isWord("dst");
    const std::span<const Token> said = rest.subspan(sided ? 1 : 0);
    if (said.size() < 2 || !isPlain(said[0]) || !isPlain(said[1]))
        return std::nullopt;
    const bool port = said[0].isWord("port") || said[0].isWord("portrange");
    if (!port && !said[0].isWord("host") && !said[0].isWord("net"))
        return std::nullopt;
    const std::string_view name = port ? "port" : "address";
    if (!takes(*keyNamed(name), valuesOf(said[1]), names))
        return std::nullopt;
    FilterError error{.problem = FilterProblem::AsInTcpdump, .from = rest[0].from, .to = said[1].to};
    for (const Token& token : rest.first(sided ? 3 : 2))
        error.word += (error.word.empty() ? "" : " ") + token.text;
    if (!sided)
        error.suggestion = std::string(port ? "port" : said[0].text) + ':' + said[1].text;
    else if (port)
        error.suggestion = std::string(rest[0].isWord("src") ? "sport" : "dport") + " = :" + said[1].text;
    else
        error.suggestion = rest[0].text + ' ' + said[1].text;
    return error;
}

FilterError unknownKey(std::span<const Token> rest) {
    const Token& word = rest[0];
    FilterError error{
        .problem = FilterProblem::UnknownKey, .from = word.from, .to = word.to, .word = word.text, .expected = {}};
    const std::string name = lowerCase(word.text);
    if ((name == "queue" || name == "queues") && rest.size() > 2 && isPlain(rest[2]))
        error.suggestion = "recvq" + rest[1].text + rest[2].text + " or sendq" + rest[1].text + rest[2].text;
    else if (const auto key = named(kFields, name); !key.empty())
        error.suggestion = key;
    else
        error.suggestion = keyNear(name);
    return error;
}

FilterError severalCompared(const Key& key, const std::vector<Value>& values) {
    FilterError error{.problem = FilterProblem::SeveralCompared,
                      .from = values.front().from,
                      .to = values.back().to,
                      .expected = std::string(key.example)};
    for (const Value& value : values)
        error.word += (error.word.empty() ? "" : ",") + value.text;
    std::string pointed = error.word;
    std::ranges::replace(pointed, ',', '.');
    if (key.number && key.unit != Unit::Count && values.size() == 2 && isQuantity(pointed, key.unit))
        error.suggestion = std::move(pointed);
    return error;
}

std::optional<FilterError> misspeltKey(const Token& word, const FilterNames& names) {
    const std::size_t colon = word.text.find(':');
    std::string_view near;
    if (word.literal || colon == std::string::npos || colon < 4)
        return std::nullopt;
    const Key* key = keyBefore(word, colon, near, names);
    // "sorts:80" is a host with its port where it is no port of ours.
    if (!key || (isNumber(std::string_view(word.text).substr(colon + 1)) && key->kind != KeyKind::Port))
        return std::nullopt;
    return FilterError{.problem = FilterProblem::UnknownKey,
                       .from = word.from,
                       .to = word.at[colon],
                       .word = word.text.substr(0, colon),
                       .expected = {},
                       .suggestion = std::string(near)};
}

std::string withKeyNear(std::string_view word, const FilterNames& names) {
    const auto tokens = split(word);
    const std::size_t colon = word.find(':');
    if (!tokens || tokens->size() != 2 || colon == std::string_view::npos || colon + 1 == word.size())
        return {};
    std::string_view near;
    if (!keyBefore(tokens->front(), colon, near, names))
        return {};
    return std::string(near) += word.substr(colon);
}

} // namespace halfopen::filter
