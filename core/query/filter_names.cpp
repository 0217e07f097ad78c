// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_names.h"

#include "core/query/filter_text.h"

#include <array>
#include <charconv>

namespace halfopen {

namespace {

// For where there is no /etc/services: a container, a minimal installation.
constexpr std::array<std::pair<std::string_view, std::uint16_t>, 44> kUsual{{
    {"ftp", 21},           {"ssh", 22},
    {"telnet", 23},        {"smtp", 25},
    {"domain", 53},        {"http", 80},
    {"kerberos", 88},      {"pop3", 110},
    {"sunrpc", 111},       {"imap2", 143},
    {"imap", 143},         {"bgp", 179},
    {"ldap", 389},         {"https", 443},
    {"microsoft-ds", 445}, {"submissions", 465},
    {"rtsp", 554},         {"submission", 587},
    {"ipp", 631},          {"ldaps", 636},
    {"domain-s", 853},     {"rsync", 873},
    {"imaps", 993},        {"pop3s", 995},
    {"socks", 1080},       {"openvpn", 1194},
    {"ms-sql-s", 1433},    {"mqtt", 1883},
    {"nfs", 2049},         {"iscsi-target", 3260},
    {"mysql", 3306},       {"ms-wbt-server", 3389},
    {"svn", 3690},         {"epmd", 4369},
    {"sip", 5060},         {"xmpp-client", 5222},
    {"postgresql", 5432},  {"amqps", 5671},
    {"amqp", 5672},        {"redis", 6379},
    {"ircd", 6667},        {"http-alt", 8080},
    {"mongodb", 27017},    {"memcache", 11211},
}};

bool isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Takes the next word off the front of a line. @return "" at its end
std::string_view takeWord(std::string_view& line) {
    while (!line.empty() && isBlank(line.front()))
        line.remove_prefix(1);
    std::size_t length = 0;
    while (length < line.size() && !isBlank(line[length]))
        ++length;
    const auto word = line.substr(0, length);
    line.remove_prefix(length);
    return word;
}

} // namespace

ServiceNames::ServiceNames() {
    for (const auto& [name, port] : kUsual)
        add(name, port, false);
}

void ServiceNames::add(std::string_view name, std::uint16_t port, bool first) {
    m_ports.insert_or_assign(filter::lowerCase(name), port);
    if (first)
        m_names.insert_or_assign(port, std::string(name));
    else
        m_names.try_emplace(port, name);
}

void ServiceNames::addFile(std::string_view text) {
    std::unordered_map<std::uint16_t, bool> named;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        line = line.substr(0, line.find('#'));
        const auto name = takeWord(line);
        const auto where = takeWord(line);
        std::uint16_t port = 0;
        const auto [end, error] = std::from_chars(where.data(), where.data() + where.size(), port);
        if (error != std::errc() || std::string_view(end, where.data() + where.size()) != "/tcp")
            continue;
        add(name, port, !std::exchange(named[port], true));
        for (auto other = takeWord(line); !other.empty(); other = takeWord(line))
            add(other, port, false);
    }
}

std::optional<std::uint16_t> ServiceNames::portOf(std::string_view name) const {
    const auto found = m_ports.find(filter::lowerCase(name));
    return found == m_ports.end() ? std::nullopt : std::optional(found->second);
}

std::string_view ServiceNames::nameOf(std::uint16_t port) const {
    const auto found = m_names.find(port);
    return found == m_names.end() ? std::string_view() : std::string_view(found->second);
}

} // namespace halfopen
