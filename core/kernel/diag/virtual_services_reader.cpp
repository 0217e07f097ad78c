// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/virtual_services_reader.h"

#include <unistd.h>

#include <linux/genetlink.h>
#include <linux/ip_vs.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string>

namespace halfopen {

namespace {

constexpr std::size_t kMostOfServices = 1 << 20; // some 10,000 services

template <class Number>
std::optional<Number> attributeIn(ByteView payload, std::uint16_t wanted) {
    std::optional<Number> found;
    if (payload.size() < GENL_HDRLEN)
        return found;
    eachAttribute(payload.subspan(GENL_HDRLEN), [&](std::uint16_t type, ByteView value) {
        if (type != wanted || value.size() < sizeof(Number))
            return;
        Number number{};
        std::memcpy(&number, value.data(), sizeof number);
        found = number;
    });
    return found;
}

template <class Number>
std::optional<Number> hexNumber(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(number)
                                                                                     : std::nullopt;
}

/// "0A600001:0050", "[fd00:0000:...:0001]:0050"
std::optional<Endpoint> serviceIn(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const auto port = hexNumber<std::uint16_t>(text.substr(colon + 1));
    const std::string_view host = text.substr(0, colon);
    if (host.starts_with('[')) {
        const auto address = IpAddress::parse(host);
        return address && port ? std::optional(Endpoint{*address, *port}) : std::nullopt;
    }
    const auto address = hexNumber<std::uint32_t>(host);
    if (!address || !port)
        return std::nullopt;
    return Endpoint{IpAddress::v4({static_cast<std::uint8_t>(*address >> 24), static_cast<std::uint8_t>(*address >> 16),
                                   static_cast<std::uint8_t>(*address >> 8), static_cast<std::uint8_t>(*address)}),
                    *port};
}

std::string textOf(int file) {
    std::string text;
    std::array<char, 16384> block{};
    ssize_t size = 0;
    while (text.size() < kMostOfServices && (size = ::read(file, block.data(), block.size())) > 0)
        text.append(block.data(), static_cast<std::size_t>(size));
    return text;
}

} // namespace

std::vector<Endpoint> tcpServicesIn(std::string_view text) {
    constexpr std::string_view kTcp = "TCP  ";
    std::vector<Endpoint> services;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (!line.starts_with(kTcp)) // "FWM" marks packets by other means, "  ->" is a server
            continue;
        line.remove_prefix(kTcp.size());
        if (const auto service = serviceIn(line.substr(0, line.find(' '))))
            services.push_back(*service);
    }
    std::ranges::sort(services);
    return services;
}

std::optional<std::uint16_t> familyIn(ByteView payload) {
    return attributeIn<std::uint16_t>(payload, CTRL_ATTR_FAMILY_ID);
}

std::optional<std::int32_t> tcpTimeoutIn(ByteView payload) {
    const auto seconds = attributeIn<std::uint32_t>(payload, IPVS_CMD_ATTR_TIMEOUT_TCP);
    return seconds && *seconds > 0 && *seconds <= INT32_MAX ? std::optional(static_cast<std::int32_t>(*seconds))
                                                            : std::nullopt;
}

std::optional<VirtualServices> VirtualServicesReader::read() {
    if (::access("/proc/net/ip_vs", F_OK) != 0) // each namespace has one where the module is loaded
        return std::nullopt;
    const UniqueFd file = m_netns->statistics("ip_vs");
    if (!file)
        return std::nullopt;
    VirtualServices services{.tcp = tcpServicesIn(textOf(file.get()))};
    if (services.tcp.empty())
        return std::nullopt;
    RouteRequest whichFamily(GENL_ID_CTRL, genlmsghdr{CTRL_CMD_GETFAMILY, 1, 0});
    whichFamily.attribute(CTRL_ATTR_FAMILY_NAME, std::as_bytes(std::span(IPVS_GENL_NAME)));
    std::optional<std::uint16_t> family;
    m_socket.ask(whichFamily, [&](ByteView payload) { family = familyIn(payload); });
    if (!family)
        return std::nullopt;
    std::optional<std::int32_t> timeout;
    m_socket.ask(RouteRequest(*family, genlmsghdr{IPVS_CMD_GET_CONFIG, IPVS_GENL_VERSION, 0}),
                 [&](ByteView payload) { timeout = tcpTimeoutIn(payload); });
    if (!timeout)
        return std::nullopt;
    services.tcpTimeout = *timeout;
    return services;
}

} // namespace halfopen
