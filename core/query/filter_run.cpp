// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_run.h"

#include "core/query/filter_keys.h"
#include "core/query/filter_text.h"
#include "core/query/text_tests.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace halfopen {

using namespace filter;

namespace {

template <class... Asks>
struct Overloaded : Asks... {
    using Asks::operator()...;
};
template <class... Asks>
Overloaded(Asks...) -> Overloaded<Asks...>;

bool within(std::int64_t value, std::int64_t low, std::int64_t high) {
    return value >= low && value <= high;
}

template <class Has>
bool eitherSide(Side side, const Connection& c, const Has& has) {
    return (side != Side::Remote && has(c.local)) || (side != Side::Local && has(c.remote));
}

/// Eight bytes from this one on, of which `bits` count.
std::uint64_t partOf(const IpAddress& address, std::size_t from, int bits) {
    std::uint64_t part = 0;
    for (std::size_t byte = from; byte < from + 8; ++byte)
        part = part << 8 | address.bytes[byte];
    return bits <= 0 ? 0 : bits >= 64 ? part : part >> (64 - bits);
}

bool beginsAlike(const IpAddress& address, const Prefix& prefix) {
    return partOf(address, 0, prefix.bits) == partOf(prefix.address, 0, prefix.bits) &&
           partOf(address, 8, prefix.bits - 64) == partOf(prefix.address, 8, prefix.bits - 64);
}

bool isInet6(const Connection& c) {
    return c.inet6 || c.local.address.family() == Family::Ipv6;
}

bool fits(const Prefix& prefix, const IpAddress& address, const Connection& c) {
    if (prefix.sockets != Prefix::Sockets::Any && (prefix.sockets == Prefix::Sockets::Inet6) != isInet6(c))
        return false;
    return beginsAlike(address, prefix);
}

bool zoneMatches(const std::string& zone, const Row& row, const Frame& frame) {
    if (zone.empty() || zone == frame.interfaceOf(row))
        return true;
    std::uint32_t index = 0;
    const auto [end, error] = std::from_chars(zone.data(), zone.data() + zone.size(), index);
    return error == std::errc() && end == zone.data() + zone.size() && index == row.connection.interface;
}

/// The words in which a cell of this row says it.
bool wordInCells(const WordTest& word, const Row& row, const Frame& frame) {
    const auto says = [&](std::uint32_t mask, MaskKey key) {
        return mask != 0 && (mask & maskOf(key, row, frame)) != 0;
    };
    return says(word.diagnoses, MaskKey::Diagnosis) || says(word.states, MaskKey::State) ||
           says(word.conditions, MaskKey::Condition) || says(word.timers, MaskKey::Timer) ||
           says(word.next, MaskKey::Next) || says(word.givesUp, MaskKey::GivesUp) ||
           says(word.keepalive, MaskKey::Keepalive) ||
           (word.unknownOwner & 1U << static_cast<unsigned>(row.ownerUnknown)) != 0;
}

/// "7200/75/9", "7200/75" of keepalive; "2/6" of what is unanswered.
bool numbersInCells(const std::vector<std::int32_t>& numbers, const Row& row) {
    if (numbers.empty())
        return false;
    const KeepaliveOptions& o = row.options;
    const std::array<std::int32_t, 3> shown{o.idleSeconds, o.intervalSeconds, o.probes};
    const Forecast& f = row.forecast;
    return (o.enabled != Switch::Off && !row.connection.isMini() &&
            std::equal(numbers.begin(), numbers.end(), shown.begin())) ||
           (f.hasAllowed && numbers.size() == 2 && numbers[0] == f.unanswered && numbers[1] == f.allowed);
}

/// The digits of a byte, for addresses by the hundred thousand.
struct Octets {
    struct One {
        std::array<char, 3> digits;
        std::uint8_t length;
    };
    std::array<One, 256> all;

    constexpr Octets()
        : all() {
        for (unsigned value = 0; value < 256; ++value) {
            One& one = all[value];
            for (unsigned unit = value >= 100 ? 100 : value >= 10 ? 10 : 1; unit > 0; unit /= 10)
                one.digits[one.length++] = static_cast<char>('0' + value / unit % 10);
        }
    }
};
constexpr Octets kOctets;

} // namespace

FilterRun::FilterRun(const Filter& filter, const Frame& frame)
    : m_tree(filter.tree())
    , m_wrong(filter.error() != nullptr)
    , m_frame(frame) {
    if (!m_tree)
        return;
    for (const KernelQuestion& question : m_tree->questions) {
        const auto found = std::ranges::find(frame.kernelAnswers, question, &KernelAnswer::question);
        m_answers.push_back(found == frame.kernelAnswers.end() ? nullptr : &*found);
        m_twice = m_twice || question.fact == KernelFact::Autobound;
    }
    m_known.resize(m_tree->tests.size());
}

bool FilterRun::matches(const Row& row) {
    if (!m_tree)
        return !m_wrong;
    m_view = View::Kernel;
    if (!evaluate(m_tree->root, row))
        return false;
    if (!m_twice)
        return true;
    m_view = View::Ports;
    return evaluate(m_tree->root, row);
}

bool FilterRun::testMatches(std::size_t test, const Row& row) {
    return this->test(static_cast<std::uint32_t>(test), row);
}

bool FilterRun::evaluate(std::uint32_t index, const Row& row) {
    const Node& node = m_tree->nodes[index];
    switch (node.kind) {
    case Node::Kind::Leaf:
        return test(node.left, row);
    case Node::Kind::And:
        return evaluate(node.left, row) && evaluate(node.right, row);
    case Node::Kind::Or:
        return evaluate(node.left, row) || evaluate(node.right, row);
    case Node::Kind::Not:
        return !evaluate(node.left, row);
    }
    return false;
}

bool FilterRun::test(std::uint32_t index, const Row& row) {
    const Connection& c = row.connection;
    return std::visit(Overloaded{
                          [](const NoneTest&) { return false; },
                          [](const EveryTest&) { return true; },
                          [&](const MaskTest& t) { return (maskOf(t.key, row, m_frame) & t.mask) != 0; },
                          [&](const NumberTest& t) {
                              const auto value = t.get(row, m_frame);
                              return value && within(*value, t.low, t.high);
                          },
                          [&](const NoNumberTest& t) { return !t.get(row, m_frame); },
                          [&](const PidTest& t) { return hasPid(row, t.low, t.high); },
                          [&](const PortTest& t) {
                              return eitherSide(t.side, c,
                                                [&](const Endpoint& side) { return within(side.port, t.low, t.high); });
                          },
                          [&](const HostTest& t) { return ask(t, row); },
                          [&](const TextTest& t) { return ask(index, t, row); },
                          [&](const DeviceTest& t) { return ask(t, row); },
                          [&](const CookieTest& t) { return std::ranges::binary_search(t.cookies, c.cookie); },
                          [&](const KernelTest& t) { return ask(t, row); },
                          [&](const WordTest& t) { return ask(index, t, row); },
                          [&](const PortOrPidTest& t) { return ask(t, row); },
                      },
                      m_tree->tests[index]);
}

const std::vector<Owner>& FilterRun::owners(const Row& row) {
    if (m_ownedRow != &row) {
        m_ownedRow = &row;
        m_owners = &m_frame.ownersOf(row);
    }
    return *m_owners;
}

bool FilterRun::hasPid(const Row& row, std::int64_t low, std::int64_t high) {
    return std::ranges::any_of(owners(row), [&](const Owner& owner) { return within(owner.pid, low, high); });
}

/// Whether a process says so, asked once of each.
template <class Says>
bool FilterRun::anyOwner(std::uint32_t index, const Row& row, const Says& says) {
    KnownProcesses& processes = m_known[index];
    return std::ranges::any_of(owners(row), [&](const Owner& owner) {
        const auto known = processes.find(owner.pid);
        return known != processes.end() ? known->second : processes.emplace(owner.pid, says(owner)).first->second;
    });
}

bool FilterRun::ask(const HostTest& host, const Row& row) const {
    const Connection& c = row.connection;
    if (!zoneMatches(host.zone, row, m_frame))
        return false;
    return eitherSide(host.side, c, [&](const Endpoint& side) {
        return (!host.port || side.port == *host.port) &&
               (host.prefixes.empty() || std::ranges::any_of(host.prefixes, [&](const Prefix& prefix) {
                    return (!prefix.port || side.port == *prefix.port) && fits(prefix, side.address, c);
                }));
    });
}

bool FilterRun::ask(const DeviceTest& device, const Row& row) const {
    if (row.connection.interface == 0)
        return device.index == 0U; // bound to none
    const auto name = m_frame.interfaceOf(row);
    return row.connection.interface == device.index || name == device.name ||
           (isGoneInterface(name) && name.starts_with(device.name + " "));
}

bool FilterRun::ask(const PortOrPidTest& number, const Row& row) {
    const Connection& c = row.connection;
    return (number.port && (c.local.port == *number.port || c.remote.port == *number.port)) ||
           hasPid(row, number.pid, number.pid);
}

bool FilterRun::ask(const KernelTest& kernel, const Row& row) const {
    const KernelAnswer* answer = m_answers[kernel.question];
    const bool autobound = m_tree->questions[kernel.question].fact == KernelFact::Autobound;
    if (autobound && (m_view == View::Ports || !answer)) {
        const auto [low, high] = answer ? answer->ports : KernelAnswer().ports;
        return within(row.connection.local.port, low, high);
    }
    return answer && std::ranges::binary_search(answer->sockets, rowKeyOf(row.connection));
}

bool FilterRun::ask(std::uint32_t index, const TextTest& text, const Row& row) {
    if (isOfOwner(text.key)) {
        const bool home = saysHome(text, row, m_frame);
        if (text.how == TextMatch::Nothing && owners(row).empty())
            return home || m_frame.unitOf(row) == nullptr;
        return home || anyOwner(index, row, [&](const Owner& owner) { return saysOwner(text, owner); });
    }
    switch (text.key) {
    case TextKey::User:
        return !row.connection.isMini() && saysText(text, m_frame.userOf(row));
    case TextKey::Interface:
        return saysText(text, m_frame.interfaceOf(row));
    case TextKey::Congestion:
        return saysText(text, congestionName(row.connection.congestion));
    case TextKey::RemoteName:
        return saysText(text, m_frame.remoteNameOf(row));
    case TextKey::Netns:
        return saysNetns(text, m_frame.netnsOf(row));
    case TextKey::Mptcp:
        return saysText(text, tokenText(m_frame.mptcpOf(row)));
    default:
        return false;
    }
}

bool FilterRun::ask(std::uint32_t index, const WordTest& word, const Row& row) {
    const Connection& c = row.connection;
    return wordInCells(word, row, m_frame) || numbersInCells(word.cellNumbers, row) ||
           (word.service && (c.local.port == *word.service || c.remote.port == *word.service)) ||
           wordInNames(index, word, row) || (word.maybeAddress && wordInAddress(word, row)) ||
           (m_also && m_also(word.text));
}

bool FilterRun::wordInNames(std::uint32_t index, const WordTest& word, const Row& row) {
    const auto owned = [&](const Owner& owner) {
        return containsAnyCase(owner.name, word.text) ||
               (owner.unit &&
                (containsAnyCase(owner.unit->unit, word.text) || containsAnyCase(owner.unit->container, word.text))) ||
               (owner.program && std::ranges::any_of(owner.program->names(), [&](std::string_view name) {
                    return containsAnyCase(name, word.text);
                }));
    };
    const bool elsewhere = row.connection.netnsIndex != 0; // at home nobody means it by its name
    return anyOwner(index, row, owned) || containsAnyCase(m_frame.userOf(row), word.text) ||
           containsAnyCase(m_frame.interfaceOf(row), word.text) ||
           (elsewhere && containsAnyCase(m_frame.netnsOf(row).name, word.text));
}

bool FilterRun::wordInAddress(const WordTest& word, const Row& row) {
    const auto has = [&](const Endpoint& side) {
        // Letters, brackets and two colons are in addresses of IPv6 alone.
        if (word.sixOnly && side.address.family() == Family::Ipv4)
            return false;
        return containsAnyCase(written(side, row), word.text);
    };
    return has(row.connection.local) || has(row.connection.remote);
}

/// As it is shown.
std::string_view FilterRun::written(const Endpoint& side, const Row& row) {
    m_text.clear();
    if (side.address.family() == Family::Ipv6) {
        side.appendTo(m_text, side.address.isLinkLocal() ? m_frame.zoneOf(row) : std::string());
        return m_text;
    }
    for (std::size_t byte = 12; byte < side.address.bytes.size(); ++byte) {
        const Octets::One& octet = kOctets.all[side.address.bytes[byte]];
        m_text.append(octet.digits.data(), octet.length);
        m_text += byte + 1 < side.address.bytes.size() ? '.' : ':';
    }
    std::array<char, 5> port{'*'};
    char* end = port.data() + 1;
    if (side.port != 0)
        end = std::to_chars(port.data(), port.data() + port.size(), side.port).ptr;
    m_text.append(port.data(), end);
    return m_text;
}

} // namespace halfopen
