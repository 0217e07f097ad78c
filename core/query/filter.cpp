// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace halfopen {

namespace {

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

template <class T>
std::optional<T> number(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(value)
                                                                                     : std::nullopt;
}

/// What "sk:" is followed by; nullopt where one of them is no cookie.
std::optional<std::vector<std::uint64_t>> cookiesOf(std::string_view list) {
    std::vector<std::uint64_t> cookies;
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        std::string_view hex = list.substr(0, comma);
        if (hex.starts_with("0x"))
            hex.remove_prefix(2);
        std::uint64_t cookie = 0;
        const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), cookie, 16);
        if (error != std::errc() || end != hex.data() + hex.size())
            return std::nullopt;
        cookies.push_back(cookie);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    std::ranges::sort(cookies);
    return cookies;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

struct Zoned {
    std::optional<IpAddress> address; ///< nullopt: it is none
    std::string zone;
};

/// Source: RFC 4007, section 11: <address>%<zone_id>.
Zoned parseAddress(std::string_view text) {
    if (text.size() >= 2 && text.front() == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    const std::size_t percent = text.find('%');
    Zoned found{IpAddress::parse(text.substr(0, percent)), {}};
    if (percent != std::string_view::npos)
        found.zone = text.substr(percent + 1);
    if (percent != std::string_view::npos && (found.zone.empty() || !found.address || !found.address->isLinkLocal()))
        found.address.reset();
    return found;
}

bool zoneMatches(const std::string& zone, const Row& row, const Frame& frame) {
    return zone.empty() || zone == frame.interfaceOf(row) ||
           number<std::uint32_t>(zone) == std::optional(row.connection.interface);
}

bool sideMatches(const Endpoint& side, const std::optional<IpAddress>& address,
                 const std::optional<std::uint16_t>& port) {
    return (!address || side.address == *address) && (!port || side.port == *port);
}

/// "local-drop", or the beginning of it.
bool hasCondition(Conditions conditions, std::string_view word) {
    return !conditions.empty() && std::ranges::any_of(conditions.list(), [&](Condition condition) {
        return toString(condition).starts_with(word);
    });
}

} // namespace

Filter::Filter(std::string_view words) {
    std::size_t at = 0;
    while ((at = words.find_first_not_of(" \t\n", at)) != std::string_view::npos) {
        const std::size_t end = std::min(words.find_first_of(" \t\n", at), words.size());
        m_words.push_back(parse(words.substr(at, end - at)));
        at = end;
    }
}

Filter::Word Filter::parse(std::string_view word) {
    Word parsed{.text = lowerCase(word)};
    if (parsed.text.starts_with("sk:")) {
        parsed.cookies = cookiesOf(std::string_view(parsed.text).substr(3));
        return parsed;
    }
    if (Zoned whole = parseAddress(word); whole.address) {
        parsed.address = whole.address;
        parsed.zone = std::move(whole.zone);
        return parsed;
    }
    if (parsed.pid = number<std::int32_t>(word); parsed.pid) {
        parsed.port = number<std::uint16_t>(word);
        return parsed;
    }
    if (const auto colon = word.rfind(':'); colon != std::string_view::npos) {
        const auto host = word.substr(0, colon);
        const auto port = number<std::uint16_t>(word.substr(colon + 1));
        Zoned zoned = parseAddress(host);
        if (port && (host.empty() || host == "*" || zoned.address)) {
            parsed.address = zoned.address;
            parsed.zone = std::move(zoned.zone);
            parsed.port = port;
        }
    }
    return parsed;
}

bool Filter::matches(const Row& row, const Frame& frame) const {
    return std::ranges::all_of(m_words, [&](const Word& word) { return matches(word, row, frame); });
}

bool Filter::matches(const Word& word, const Row& row, const Frame& frame) {
    const Connection& c = row.connection;
    if (word.cookies)
        return std::ranges::binary_search(*word.cookies, c.cookie);
    if (word.pid) {
        const auto& owners = frame.ownersOf(row);
        return (word.port && (c.local.port == *word.port || c.remote.port == *word.port)) ||
               std::ranges::any_of(owners, [&](const Owner& owner) { return owner.pid == *word.pid; });
    }
    if (word.address || word.port)
        return zoneMatches(word.zone, row, frame) &&
               (sideMatches(c.local, word.address, word.port) || sideMatches(c.remote, word.address, word.port));
    return matchesText(word, row, frame);
}

bool Filter::matchesText(const Word& word, const Row& row, const Frame& frame) {
    // "guarded" must not find "unguarded": states and diagnoses match from their start.
    if (toString(row.diagnosis).starts_with(word.text) ||
        lowerCase(toString(row.connection.state)).starts_with(word.text))
        return true;
    if (parseState(word.text) == row.connection.state || hasCondition(row.forecast.conditions, word.text))
        return true;
    const auto ownedBy = [&](const Owner& owner) {
        return contains(lowerCase(owner.name), word.text) ||
               (owner.unit && (contains(lowerCase(owner.unit->unit), word.text) ||
                               contains(lowerCase(owner.unit->container), word.text)));
    };
    if (std::ranges::any_of(frame.ownersOf(row), ownedBy))
        return true;
    if (contains(lowerCase(frame.userOf(row)), word.text) || contains(lowerCase(frame.interfaceOf(row)), word.text))
        return true;
    return contains(lowerCase(frame.localOf(row)), word.text) || contains(lowerCase(frame.remoteOf(row)), word.text);
}

bool matches(QuickFilter quick, const Row& row) {
    switch (quick) {
    case QuickFilter::All:
        return true;
    case QuickFilter::Established:
        return row.connection.state == State::Established;
    case QuickFilter::Guarded:
        return row.diagnosis == Diagnosis::Guarded;
    case QuickFilter::Unguarded:
        return row.diagnosis == Diagnosis::Unguarded;
    case QuickFilter::Suspect:
        return row.diagnosis == Diagnosis::Suspect;
    case QuickFilter::Abandoned:
        return row.diagnosis == Diagnosis::Abandoned;
    case QuickFilter::Listening:
        return row.diagnosis == Diagnosis::Listening;
    }
    return true;
}

} // namespace halfopen
