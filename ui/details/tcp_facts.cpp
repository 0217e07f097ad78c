// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/duration.h"
#include "core/kernel/diag/tcp_info_fields.h"
#include "core/model/payload.h"
#include "ui/details/facts.h"
#include "ui/look/duration_text.h"
#include "ui/look/translated.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace halfopen {

namespace {

struct TcpFacts {
    Q_DECLARE_TR_FUNCTIONS(TcpFacts)
};

constexpr std::uint64_t kInfinite = 0x7fffffff; ///< TCP_INFINITE_SSTHRESH, include/net/tcp.h

constexpr std::array<const char*, 6> kGroupTitles{
    QT_TRANSLATE_NOOP("TcpFacts", "Timing"),    QT_TRANSLATE_NOOP("TcpFacts", "Sending"),
    QT_TRANSLATE_NOOP("TcpFacts", "Receiving"), QT_TRANSLATE_NOOP("TcpFacts", "Loss"),
    QT_TRANSLATE_NOOP("TcpFacts", "Counters"),  QT_TRANSLATE_NOOP("TcpFacts", "Limits")};

QString latin(std::string_view text) {
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

QString withUnit(std::uint64_t value, TcpInfoUnit unit) {
    const auto number = QLocale().toString(static_cast<qulonglong>(value));
    switch (unit) {
    case TcpInfoUnit::Number:
        return number;
    case TcpInfoUnit::Microseconds:
        return translated(roundTripText(value));
    case TcpInfoUnit::Milliseconds:
        return value < 10'000 ? TcpFacts::tr("%1 ms").arg(number) : durationText(std::chrono::milliseconds(value));
    case TcpInfoUnit::Bytes:
        return TcpFacts::tr("%1 B").arg(number);
    case TcpInfoUnit::BytesPerSecond:
        return value == ~std::uint64_t(0) ? TcpFacts::tr("no limit") : TcpFacts::tr("%1 B/s").arg(number);
    case TcpInfoUnit::Packets:
        return value >= kInfinite ? TcpFacts::tr("no limit")
                                  : TcpFacts::tr("%Ln packet(s)", nullptr, static_cast<int>(value));
    }
    return number;
}

FactGroups fromBytes(const std::vector<std::uint8_t>& raw) {
    FactGroups groups(kGroupTitles.size());
    for (std::size_t i = 0; i < groups.size(); ++i)
        groups[i].title = TcpFacts::tr(kGroupTitles[i]);
    for (const auto& field : tcpInfoFields()) {
        if (const auto value = field.read(raw))
            groups[static_cast<std::size_t>(field.group)].facts.push_back(
                {latin(field.name), withUnit(*value, field.unit), {}});
    }
    std::erase_if(groups, [](const FactGroup& group) { return group.facts.empty(); });
    return groups;
}

FactGroups fromRow(const TcpInfo& info) {
    const auto fact = [](const char* name, std::uint64_t value, TcpInfoUnit unit) {
        return Fact{QLatin1String(name), withUnit(value, unit), {}};
    };
    FactGroup timing{TcpFacts::tr("Timing"),
                     {fact("rto", info.rtoUs, TcpInfoUnit::Microseconds),
                      fact("rtt", info.rttUs, TcpInfoUnit::Microseconds),
                      fact("rttvar", info.rttVarUs, TcpInfoUnit::Microseconds),
                      fact("last_data_sent", info.lastDataSent.count(), TcpInfoUnit::Milliseconds),
                      fact("last_data_recv", info.lastDataReceived.count(), TcpInfoUnit::Milliseconds),
                      fact("last_ack_recv", info.lastAckReceived.count(), TcpInfoUnit::Milliseconds)}};
    FactGroup sending{TcpFacts::tr("Sending"),
                      {fact("snd_cwnd", info.sendCwnd, TcpInfoUnit::Packets),
                       fact("snd_mss", info.sendMss, TcpInfoUnit::Bytes),
                       fact("unacked", info.unacked, TcpInfoUnit::Packets)}};
    if (info.hasNotSent())
        sending.facts.push_back(fact("notsent_bytes", info.notSentBytes, TcpInfoUnit::Bytes));
    if (info.hasSendWindow())
        sending.facts.push_back(fact("snd_wnd", info.sendWindow, TcpInfoUnit::Bytes));
    FactGroup loss{TcpFacts::tr("Loss"),
                   {fact("retransmits", info.retransmits, TcpInfoUnit::Number),
                    fact("probes", info.probes, TcpInfoUnit::Number),
                    fact("backoff", info.backoff, TcpInfoUnit::Number),
                    fact("total_retrans", info.totalRetransmits, TcpInfoUnit::Packets)}};
    FactGroup counters{TcpFacts::tr("Counters"), {}};
    if (info.hasBytes())
        counters.facts = {fact("bytes_acked", info.bytesAcked, TcpInfoUnit::Bytes),
                          fact("bytes_received", info.bytesReceived, TcpInfoUnit::Bytes)};
    FactGroups groups{timing, sending, loss};
    if (!counters.facts.empty())
        groups.push_back(counters);
    return groups;
}

/// The kernel counts an age from a stamp that was never set, too.
void withoutAgesNeverSet(FactGroups& groups, const Connection& connection) {
    const auto correct = [&](const char* name, bool set) {
        for (auto& group : groups)
            for (Fact& fact : group.facts)
                if (!set && fact.name == QLatin1String(name))
                    fact.value = TcpFacts::tr("never");
    };
    correct("last_data_sent", dataSentAge(connection).has_value());
    correct("last_data_recv", dataReceivedAge(connection).has_value());
    correct("last_ack_recv", connection.ackAge().has_value());
}

bool hasDetail(const Subject& subject) {
    return !subject.frame->detail.empty() && subject.frame->query.selected == subject.frame->keyOf(*subject.row);
}

} // namespace

FactGroups tcpFacts(const Subject& subject) {
    const auto& connection = subject.row->connection;
    if (!connection.info.present())
        return {{{},
                 {{QStringLiteral("tcp_info"),
                   TcpFacts::tr("The kernel gives no tcp_info for a socket in this state."),
                   {}}}}};
    auto groups = hasDetail(subject) ? fromBytes(subject.frame->detail) : fromRow(connection.info);
    withoutAgesNeverSet(groups, connection);
    if (connection.congestion != 0)
        groups.front().facts.push_back(
            {TcpFacts::tr("congestion control"), latin(congestionName(connection.congestion)), {}});
    return groups;
}

} // namespace halfopen
