// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_keys.h"

#include "core/query/filter_numbers.h"
#include "core/query/filter_text.h"

#include <algorithm>

namespace halfopen::filter {

namespace {

constexpr Key number(std::string_view name, std::string_view others, NumberOf of, Unit unit, std::string_view example) {
    return {.name = name, .others = others, .kind = KeyKind::Number, .example = example, .unit = unit, .number = of};
}
constexpr Key mask(std::string_view name, std::string_view others, MaskKey of, std::string_view example) {
    return {.name = name, .others = others, .kind = KeyKind::Mask, .example = example, .mask = of};
}
/// Has words and can be compared too.
constexpr Key both(std::string_view name, std::string_view others, MaskKey words, NumberOf of,
                   std::string_view example) {
    Key key = number(name, others, of, Unit::Milliseconds, example);
    key.mask = words;
    return key;
}
constexpr Key text(std::string_view name, std::string_view others, TextKey of, std::string_view example) {
    return {.name = name, .others = others, .kind = KeyKind::Text, .example = example, .text = of};
}
constexpr Key sided(std::string_view name, std::string_view others, KeyKind kind, Side side, std::string_view example,
                    bool takesWord) {
    return {.name = name, .others = others, .kind = kind, .example = example, .side = side, .takesWord = takesWord};
}
constexpr Key plain(std::string_view name, std::string_view others, KeyKind kind, std::string_view example,
                    bool takesWord = false) {
    return {.name = name, .others = others, .kind = kind, .example = example, .takesWord = takesWord};
}

constexpr std::array kKeys{
    // ss's own
    plain("state", "", KeyKind::State, "state established", true),
    sided("src", "local", KeyKind::Host, Side::Local, "src 10.0.0.0/8", true),
    sided("dst", "remote peer", KeyKind::Host, Side::Remote, "dst 10.0.0.0/8", true),
    sided("sport", "local-port", KeyKind::Port, Side::Local, "sport >= :1024", true),
    sided("dport", "remote-port", KeyKind::Port, Side::Remote, "dport = :443", true),
    plain("dev", "device", KeyKind::Device, "dev eth0", true),
    plain("fwmark", "mark", KeyKind::Mark, "fwmark = 0x1/0x3", true),
    plain("cgroup", "", KeyKind::Group, "cgroup /sys/fs/cgroup/user.slice", true),
    // either side
    sided("port", "service", KeyKind::Port, Side::Either, "port:443", false),
    sided("address", "addr host net ip", KeyKind::Host, Side::Either, "address:10.0.0.0/8", false),
    text("hostname", "remote-name", TextKey::RemoteName, "hostname:*.example.org"),
    // who has it
    text("process", "proc", TextKey::Process, "process:firefox"),
    text("program", "exe", TextKey::Program, "program:/usr/bin/ssh"),
    text("cmdline", "command args", TextKey::CommandLine, "cmdline:--config"),
    plain("pid", "", KeyKind::Pid, "pid:812"),
    text("user", "", TextKey::User, "user:alice"),
    number("uid", "", number::uid, Unit::Count, "uid:1000"),
    text("unit", "", TextKey::Unit, "unit:nginx.service"),
    text("container", "", TextKey::Container, "container:none"),
    number("inode", "ino", number::inode, Unit::Count, "inode:7180950"),
    plain("cookie", "sk", KeyKind::Cookie, "cookie:1d2"),
    text("interface", "iface if", TextKey::Interface, "interface:eth0"),
    text("netns", "namespace", TextKey::Netns, "netns:host"),
    mask("family", "", MaskKey::Family, "family:ipv6"),
    // what the kernel will do
    mask("diagnosis", "diag", MaskKey::Diagnosis, "diagnosis:unguarded"),
    mask("condition", "conditions fact", MaskKey::Condition, "condition:local-drop"),
    mask("keepalive", "ka", MaskKey::Keepalive, "keepalive:off"),
    number("keepidle", "keepalive-idle keepalive-time", number::keepaliveIdle, Unit::Seconds, "keepidle>=2h"),
    number("keepintvl", "keepalive-interval", number::keepaliveInterval, Unit::Seconds, "keepintvl=75s"),
    number("keepcnt", "keepalive-probes probes", number::keepaliveProbes, Unit::Count, "keepcnt=9"),
    number("user-timeout", "usertimeout", number::userTimeout, Unit::Milliseconds, "user-timeout>0"),
    both("timer", "", MaskKey::Timer, number::timer, "timer:keepalive"),
    both("next-probe", "next", MaskKey::Next, number::next, "next-probe<1m"),
    both("gives-up", "givesup give-up", MaskKey::GivesUp, number::givesUp, "gives-up<1h"),
    number("unanswered", "", number::unanswered, Unit::Count, "unanswered>0"),
    number("allowed", "", number::allowed, Unit::Count, "allowed<=3"),
    number("idle", "", number::idle, Unit::Milliseconds, "idle>10m"),
    number("age", "", number::age, Unit::Milliseconds, "age<1m"),
    number("last-received", "last-heard", number::lastReceived, Unit::Milliseconds, "last-received>1h"),
    number("last-sent", "", number::lastSent, Unit::Milliseconds, "last-sent<10s"),
    mask("change", "", MaskKey::Change, "change:new"),
    // the connection itself
    number("rtt", "", number::rtt, Unit::Microseconds, "rtt>100ms"),
    number("rto", "", number::rto, Unit::Microseconds, "rto>1s"),
    number("recvq", "receive-queue recv-q rq", number::receiveQueue, Unit::Bytes, "recvq>0"),
    number("sendq", "send-queue send-q sq", number::sendQueue, Unit::Bytes, "sendq>64k"),
    number("unacked", "", number::unacknowledged, Unit::Count, "unacked>0"),
    number("not-sent", "notsent", number::notSent, Unit::Bytes, "not-sent>0"),
    number("unread", "", number::unread, Unit::Milliseconds, "unread>3s"),
    number("retransmits", "retrans", number::retransmits, Unit::Count, "retransmits>10"),
    number("cwnd", "", number::congestionWindow, Unit::Count, "cwnd<=10"),
    number("mss", "", number::segmentSize, Unit::Count, "mss<1400"),
    number("bytes-sent", "tx", number::bytesSent, Unit::Bytes, "bytes-sent>1G"),
    number("bytes-received", "rx", number::bytesReceived, Unit::Bytes, "bytes-received=0"),
    number("rate-sent", "tx-rate", number::rateSent, Unit::BytesPerSecond, "rate-sent>1M"),
    number("rate-received", "rx-rate", number::rateReceived, Unit::BytesPerSecond, "rate-received>1M"),
    text("mptcp", "token", TextKey::Mptcp, "mptcp:0xe923257c"),
    text("congestion", "", TextKey::Congestion, "congestion:bbr"),
};

bool hasName(std::string_view names, std::string_view name) {
    while (!names.empty()) {
        const auto one = names.substr(0, names.find(' '));
        if (equalsAnyCase(name, one))
            return true;
        names.remove_prefix(std::min(one.size() + 1, names.size()));
    }
    return false;
}

} // namespace

std::span<const Key> keys() {
    return kKeys;
}

const Key* keyNamed(std::string_view name) {
    const auto* found = std::ranges::find_if(
        kKeys, [&](const Key& key) { return equalsAnyCase(name, key.name) || hasName(key.others, name); });
    return found == kKeys.end() ? nullptr : found;
}

} // namespace halfopen::filter
