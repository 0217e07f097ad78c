// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/kernel_fact.h"
#include "core/model/row.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What a filter is made of: a tree whose leaves each ask one thing of a row. Plain values, made by the parser and
/// evaluated by FilterRun.
namespace halfopen::filter {

enum class Side : std::uint8_t { Local, Remote, Either };

/// Properties of a row that have one of a few words, as bits.
enum class MaskKey : std::uint8_t {
    State,
    Diagnosis,
    Condition,
    Timer,
    Next,
    GivesUp,
    Keepalive,
    Family,
    SocketFamily,
    Change,
};

/// Texts of a row.
enum class TextKey : std::uint8_t {
    Process,
    Program,
    CommandLine,
    Unit,
    Container,
    User,
    Interface,
    Congestion,
    RemoteName,
    Netns, ///< its name, or its inode or cookie
    Mptcp, ///< the token of its MPTCP connection
};

enum class TextMatch : std::uint8_t { Contains, Equals, Glob, Nothing /*!< there is none */ };

/// A number of a row; nullopt where the row has none.
using NumberOf = std::optional<std::int64_t> (*)(const Row& row, const Frame& frame);
inline constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

struct MaskTest {
    MaskKey key;
    std::uint32_t mask;
};
struct NumberTest {
    NumberOf get;
    std::int64_t low; ///< both included
    std::int64_t high;
};
struct NoNumberTest { ///< the row has none
    NumberOf get;
};
struct PidTest {
    std::int64_t low;
    std::int64_t high;
};
struct PortTest {
    Side side;
    std::uint16_t low;
    std::uint16_t high;
};

/// Addresses that begin alike. An IPv4 one means AF_INET sockets and those of AF_INET6 that talk IPv4, as the kernel's
/// filter has it (net/ipv4/inet_diag.c, inet_diag_bc_run()); an IPv6 one AF_INET6 sockets.
struct Prefix {
    enum class Sockets : std::uint8_t { Any, Inet, Inet6 };

    IpAddress address;
    int bits = 128; ///< of the 128, so 96 more than are written of an IPv4 one
    Sockets sockets = Sockets::Any;
    std::optional<std::uint16_t> port; ///< with this one alone; nullopt: any
};
struct HostTest {
    Side side = Side::Either;
    std::vector<Prefix> prefixes; ///< one of them; none: any address
    std::string zone;             ///< name or index of the interface; "": any
    std::optional<std::uint16_t> port;
};
struct TextTest {
    TextKey key;
    TextMatch how;
    std::string text; ///< in lower case
};
struct DeviceTest {
    std::string name; ///< or its index
    std::optional<std::uint32_t> index;
};
struct CookieTest {
    std::vector<std::uint64_t> cookies; ///< rising
};
struct KernelTest {
    std::size_t question; ///< into FilterTree::questions
};
struct EveryTest {};
struct NoneTest {};

/// A plain word: whatever it is found in. The masks and numbers are what it is a word, or the beginning of a word, for.
struct WordTest {
    std::string text; ///< in lower case
    std::uint32_t states = 0;
    std::uint32_t diagnoses = 0;
    std::uint32_t conditions = 0;
    std::uint32_t timers = 0;
    std::uint32_t next = 0;
    std::uint32_t givesUp = 0;
    std::uint32_t keepalive = 0;
    std::uint32_t unknownOwner = 0;
    std::optional<std::uint16_t> service;  ///< the port of a service of this name
    std::vector<std::int32_t> cellNumbers; ///< "7200/75/9", "2/6": as cells of keepalive and of what is unanswered
    bool sixOnly = false;                  ///< of maybeAddress: in an address of IPv6, if in any
    bool maybeAddress = false;             ///< consists of what addresses are written with
};
/// A number: a port of either side, or a process.
struct PortOrPidTest {
    std::optional<std::uint16_t> port;
    std::int32_t pid;
};

using Test = std::variant<NoneTest, EveryTest, MaskTest, NumberTest, NoNumberTest, PidTest, PortTest, HostTest,
                          TextTest, DeviceTest, CookieTest, KernelTest, WordTest, PortOrPidTest>;

struct Node {
    enum class Kind : std::uint8_t { Leaf, And, Or, Not };

    Kind kind = Kind::Leaf;
    std::uint32_t left = 0;  ///< into FilterTree::tests for a Leaf, else into FilterTree::nodes
    std::uint32_t right = 0; ///< of And and Or
};

/// Where in the filter's text a leaf is from.
struct Place {
    std::size_t from = 0;
    std::size_t to = 0;
};

struct FilterTree {
    std::vector<Test> tests;
    std::vector<Place> places; ///< of `tests`
    std::vector<Node> nodes;
    std::uint32_t root = 0;                ///< meaningful unless `nodes` is empty: then everything matches
    std::vector<KernelQuestion> questions; ///< what has to be asked of the kernel
    std::optional<Place> readFromTheLeft;  ///< an "or" before an "and" without parentheses
};

} // namespace halfopen::filter
