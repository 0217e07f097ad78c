// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

/// The version of an address as it is shown.
enum class Family : std::uint8_t { Ipv4 = 4, Ipv6 = 6 };

/// An IP address. IPv4 is held v4-mapped (::ffff:a.b.c.d, RFC 4291 2.5.5.2), so an AF_INET6 socket that talks IPv4 and
/// an AF_INET socket compare equal and both are shown as IPv4.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{}; ///< network order

    static IpAddress v4(std::array<std::uint8_t, 4> networkOrder);
    /// Dotted or colon form, also "[::1]"; nullopt where it is neither.
    static std::optional<IpAddress> parse(std::string_view text);

    Family family() const;      ///< Ipv4 for a v4-mapped one
    bool isUnspecified() const; ///< 0.0.0.0 or ::
    bool isLoopback() const;    ///< 127.0.0.0/8 or ::1
    /// fe80::/10 (RFC 4291 2.5.6): an address that many links may have; its zone tells which.
    bool isLinkLocal() const { return bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80; }
    std::string toString() const;
    /// The same at the end of `text`; for hundreds of thousands of them.
    void appendTo(std::string& text) const;

    auto operator<=>(const IpAddress&) const = default;
};

/// One side of a connection.
struct Endpoint {
    IpAddress address;
    std::uint16_t port = 0; ///< host order

    /// 10.0.0.1:22, [::1]:22, [fe80::b%eth0]:22, *:22 for an unspecified IPv6 address (ss's way), 0.0.0.0:22; port 0 is
    /// "*".
    /// @param zone  name or index of the interface; told of link-local addresses only (RFC 4007, section 11)
    std::string toString(std::string_view zone = {}) const;
    /// The same at the end of `text`; for hundreds of thousands of them.
    void appendTo(std::string& text, std::string_view zone = {}) const;

    auto operator<=>(const Endpoint&) const = default;
};

} // namespace halfopen
