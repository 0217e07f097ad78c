// SPDX-License-Identifier: GPL-3.0-or-later
// HOST and PORT as ss reads them (man ss, HOST SYNTAX; tried on iproute2 6.1), and what else people write for them.
#include "core/query/filter_values.h"

#include <algorithm>
#include <bit>
#include <charconv>

namespace halfopen::filter {

namespace {

constexpr int kMapped = 96; ///< bits before an IPv4 address

tl::unexpected<FilterError> wrong(FilterProblem problem, const Value& value, std::string_view word,
                                  std::string expected = {}, std::string suggestion = {}) {
    return tl::unexpected(FilterError{.problem = problem,
                                      .from = value.from,
                                      .to = value.to,
                                      .word = std::string(word),
                                      .expected = std::move(expected),
                                      .suggestion = std::move(suggestion)});
}

/// Decimal, hex after 0x, octal after 0, as ss reads it.
std::optional<int> numeral(std::string_view text) {
    const bool hex = text.starts_with("0x") || text.starts_with("0X");
    const auto digits = hex ? text.substr(2) : text;
    const int base = hex ? 16 : digits.size() > 1 && digits.front() == '0' ? 8 : 10;
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (error == std::errc::result_out_of_range && end == digits.data() + digits.size())
        return 0x10000;
    return error == std::errc() && end == digits.data() + digits.size() && value >= 0 ? std::optional(value)
                                                                                      : std::nullopt;
}

/// Takes "inet:" or "inet6:" off the front. @return the family of another kind of socket, of which none are shown; or
/// ""
std::string_view takeFamily(std::string_view& text, Prefix::Sockets& sockets) {
    for (const std::string_view other : {"unix:", "link:", "netlink:", "vsock:", "tipc:", "xdp:"})
        if (text.starts_with(other))
            return other.substr(0, other.size() - 1);
    for (const auto& [name, family] : {std::pair<std::string_view, Prefix::Sockets>("inet:", Prefix::Sockets::Inet),
                                       {"inet6:", Prefix::Sockets::Inet6}})
        if (text.starts_with(name)) {
            sockets = family;
            text.remove_prefix(name.size());
            break;
        }
    return {};
}

bool isAny(std::string_view text) {
    return text.empty() || text == "*" || text == "any" || text == "all" || text == "default";
}

/// "10.1" as it begins an IPv4 address: how many numbers it has, and the address with zeros behind. 0: it is none
int partialIpv4(std::string_view text, std::string& whole) {
    std::string address;
    int numbers = 0;
    for (std::string_view rest = text;;) {
        const auto one = rest.substr(0, rest.find('.'));
        const auto value = numeral(one);
        if (!value || *value > 255 || numbers == 4)
            return 0;
        address += (numbers++ == 0 ? "" : ".") + std::to_string(*value);
        if (one.size() == rest.size())
            break;
        rest.remove_prefix(one.size() + 1);
    }
    for (int more = numbers; more < 4; ++more)
        address += ".0";
    whole = std::move(address);
    return numbers;
}

/// Of a prefix: "8", or a mask as "255.0.0.0". nullopt: it is none
std::optional<int> lengthOf(std::string_view text) {
    std::string mask;
    if (text.find('.') == std::string_view::npos || partialIpv4(text, mask) == 0)
        return numeral(text);
    std::uint32_t bits = 0;
    const IpAddress address = *IpAddress::parse(mask);
    for (std::size_t byte = kMapped / 8; byte < address.bytes.size(); ++byte)
        bits = bits << 8 | address.bytes[byte];
    const int length = std::countl_one(bits);
    return length == std::popcount(bits) ? std::optional(length) : std::nullopt;
}

/// How the parts of HOST lie in its text.
struct Parts {
    std::string_view address;
    std::optional<std::string_view> length; ///< of a prefix
    std::string_view port;
    bool bracketed = false;
};

/// @return false where a bracket is not closed
bool splitHost(std::string_view text, Parts& parts) {
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos)
            return false;
        parts.bracketed = true;
        parts.address = text.substr(1, end - 1);
        text.remove_prefix(end + 1);
    } else {
        // Without brackets, what has several colons is all address.
        const auto colon = text.find(':');
        const bool six = colon != std::string_view::npos && text.find(':', colon + 1) != std::string_view::npos;
        const auto end = six ? text.find('/') : text.starts_with("*.") ? 1 : text.find_first_of(":/");
        parts.address = text.substr(0, end);
        text.remove_prefix(parts.address.size());
    }
    if (const auto slash = parts.address.find('/'); parts.bracketed && slash != std::string_view::npos) {
        parts.length = parts.address.substr(slash + 1); // [2001:db8::/32]
        parts.address = parts.address.substr(0, slash);
    }
    if (text.starts_with('/')) {
        const auto colon = std::min(text.find(':'), text.size());
        parts.length = text.substr(1, colon - 1);
        text.remove_prefix(colon);
    }
    if (text.starts_with(':') || text.starts_with('.'))
        parts.port = text.substr(1);
    return text.empty() || text.starts_with(':') || text.starts_with('.');
}

Parsed<std::uint16_t> onePort(std::string_view text, const Value& value, const FilterNames& names,
                              std::string_view example) {
    if (const auto port = numeral(text)) {
        if (*port > 0xffff)
            return wrong(FilterProblem::PortTooLarge, value, text);
        return static_cast<std::uint16_t>(*port);
    }
    if (const auto port = names.services.portOf(text))
        return *port;
    std::vector<std::string_view> known;
    for (const auto& [name, port] : names.services.ports())
        known.push_back(name);
    std::ranges::sort(known);
    return wrong(FilterProblem::NotAPort, value, text, std::string(example),
                 std::string(nearest(lowerCase(text), known)));
}

bool isOf(Prefix::Sockets family, bool six) {
    return family == Prefix::Sockets::Any || (family == Prefix::Sockets::Inet6) == six;
}

std::vector<Prefix> prefixesOfHost(const std::vector<IpAddress>& addresses, Prefix::Sockets family) {
    std::vector<Prefix> all;
    for (const IpAddress& address : addresses)
        if (isOf(family, address.family() == Family::Ipv6))
            all.push_back({address, 128});
    return all;
}

/// "2001:db8::1:443" without brackets: to ss the last part is a port; to others it may be of the address.
std::optional<Prefix> portAtEnd(const Parts& parts, const FilterNames& names) {
    const auto colon = parts.address.rfind(':');
    if (parts.bracketed || parts.length || colon == std::string_view::npos || !isAny(parts.port))
        return std::nullopt;
    const auto address = IpAddress::parse(parts.address.substr(0, colon));
    const auto last = parts.address.substr(colon + 1);
    const auto digits = numeral(last);
    const auto port =
        digits && *digits <= 0xffff ? std::optional(static_cast<std::uint16_t>(*digits)) : names.services.portOf(last);
    if (!address || !port)
        return std::nullopt;
    return Prefix{*address, 128, Prefix::Sockets::Inet6, port};
}

/// The prefixes that an address, or a name, stands for.
/// @param family  as it was said; it is asked of all the filter's sockets (FilterTree::family)
Parsed<std::vector<Prefix>> prefixesOf(const Parts& parts, const Value& value, Prefix::Sockets family,
                                       const FilterNames& names, std::string_view example) {
    const bool six = parts.address.find(':') != std::string_view::npos;
    std::string whole(parts.address);
    const int numbers = six ? 0 : partialIpv4(parts.address, whole);
    const auto address = IpAddress::parse(whole);
    const auto withPort = portAtEnd(parts, names);
    if (!address && withPort)
        return std::vector{*withPort};
    if (!address) {
        const auto host = names.hosts.find(parts.address);
        const auto all =
            host == names.hosts.end() || parts.length ? std::vector<Prefix>() : prefixesOfHost(host->second, family);
        if (all.empty())
            return wrong(six ? FilterProblem::NotAnAddress : FilterProblem::UnknownHost, value, parts.address,
                         std::string(example));
        return all;
    }
    if (!isOf(family, six))
        return wrong(FilterProblem::NotAnAddress, value, value.text, std::string(example));
    if (numbers > 0 && numbers < 4 && !parts.length && !address->isUnspecified())
        return wrong(FilterProblem::NotAnAddress, value, parts.address, {}, whole + "/" + std::to_string(8 * numbers));
    // Written with colons it means sockets of IPv6, an IPv4 address in it included.
    const int most = six ? 128 : 128 - kMapped;
    const auto length = parts.length ? lengthOf(*parts.length) : std::optional(most);
    if (!length || *length > most)
        return wrong(FilterProblem::NotAPrefixLength, value, parts.length.value_or(""), std::string(example));
    std::vector<Prefix> all{{*address, *length + 128 - most, six ? Prefix::Sockets::Inet6 : Prefix::Sockets::Any}};
    if (withPort)
        all.push_back(*withPort);
    return all;
}

} // namespace

Prefix::Sockets familyOf(std::string_view host) {
    auto family = Prefix::Sockets::Any;
    takeFamily(host, family);
    return family;
}

Parsed<HostTest> hostOf(const Value& value, Side side, const FilterNames& names, std::string_view example) {
    std::string_view text = value.text;
    auto sockets = Prefix::Sockets::Any;
    if (const auto other = takeFamily(text, sockets); !other.empty())
        return wrong(FilterProblem::OtherFamily, value, other);
    HostTest test{.side = side, .prefixes = {}, .zone = {}, .port = {}};
    Parts parts;
    if (!splitHost(text, parts))
        return wrong(FilterProblem::NotAnAddress, value, text, std::string(example));
    if (const auto percent = parts.address.find('%'); percent != std::string_view::npos) {
        test.zone = parts.address.substr(percent + 1);
        parts.address = parts.address.substr(0, percent);
    }
    if (!isAny(parts.port)) {
        const auto port = onePort(parts.port, value, names, example);
        if (!port)
            return tl::unexpected(port.error());
        test.port = *port;
    }
    if (isAny(parts.address))
        return test;
    auto prefixes = prefixesOf(parts, value, sockets, names, example);
    if (!prefixes)
        return tl::unexpected(prefixes.error());
    test.prefixes = std::move(*prefixes);
    return test;
}

Parsed<Test> portOf(const Value& value, Compare compare, Side side, const FilterNames& names,
                    std::string_view example) {
    std::string_view text = value.text;
    auto sockets = Prefix::Sockets::Any;
    if (const auto other = takeFamily(text, sockets); !other.empty())
        return wrong(FilterProblem::OtherFamily, value, other);
    if (text.starts_with(':'))
        text.remove_prefix(1);
    if (isAny(text) || text.starts_with("*:")) // to ss the rest is nothing
        return EveryTest{};
    for (const std::string_view sign : {std::string_view(".."), std::string_view("-")}) {
        const auto at = text.find(sign);
        if (at == std::string_view::npos || isOrder(compare))
            continue;
        const auto low = numeral(text.substr(0, at));
        const auto high = numeral(text.substr(at + sign.size()));
        if (low && high && *low <= 0xffff && *high <= 0xffff)
            return PortTest{side, static_cast<std::uint16_t>(*low), static_cast<std::uint16_t>(*high)};
    }
    const auto port = onePort(text, value, names, example);
    if (!port)
        return tl::unexpected(port.error());
    switch (compare) {
    case Compare::Less:
        return *port == 0 ? Test(NoneTest{}) : PortTest{side, 0, static_cast<std::uint16_t>(*port - 1)};
    case Compare::LessEqual:
        return PortTest{side, 0, *port};
    case Compare::Greater:
        return *port == 0xffff ? Test(NoneTest{}) : PortTest{side, static_cast<std::uint16_t>(*port + 1), 0xffff};
    case Compare::GreaterEqual:
        return PortTest{side, *port, 0xffff};
    default:
        return PortTest{side, *port, *port};
    }
}

} // namespace halfopen::filter
