// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/action_strings.h"
#include "ui/actions/close_flow.h"
#include "ui/look/sentence.h"
#include "ui/look/text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace halfopen {

namespace {

struct CloseStrings {
    Q_DECLARE_TR_FUNCTIONS(CloseStrings)
};

enum class Seen : std::uint8_t { Aborted, Reset, Nobody, Nothing };

/// Which error the program gets: SOCK_DESTROY is ECONNABORTED (net/ipv4/tcp.c, tcp_abort()); connect() to AF_UNSPEC,
/// which needs no privilege on a socket of one's own that may be read, is ECONNRESET (tcp_disconnect()).
Seen seenBy(const Row& row, const Closer& closer) {
    if (row.connection.isMini() || row.connection.isOrphan())
        return Seen::Nobody;
    if (row.connection.upperLayer == UpperLayer::Mptcp)
        return Seen::Nothing; // it has the whole
    if (row.connection.upperLayer == UpperLayer::MptcpWithoutSubflow)
        return Seen::Nothing; // it finds it not connected
    const bool own = row.connection.uid == closer.uid && row.options.exact();
    return own && !closer.destroys ? Seen::Reset : Seen::Aborted;
}

/// What the peer gets, and what is lost. A reset is sent in these states alone (net/ipv4/tcp.c, tcp_need_reset()); a
/// timewait socket or a request is only forgotten (tcp_abort()).
enum class Kind : std::uint8_t { Reset, TimeWait, Opening, Request, Closing, Subflow };

Kind kindOf(const Row& row) {
    if (row.connection.upperLayer == UpperLayer::Mptcp)
        return Kind::Subflow;
    switch (row.connection.state) {
    case State::TimeWait:
        return Kind::TimeWait;
    case State::SynSent:
        return Kind::Opening;
    case State::SynRecv:
        return Kind::Request;
    case State::Closing:
    case State::LastAck:
        return Kind::Closing;
    default:
        return Kind::Reset;
    }
}

QString effectOf(Kind kind) {
    switch (kind) {
    case Kind::TimeWait:
        return CloseStrings::tr(
            "TIME-WAIT: the peer gets nothing. This frees the address pair early; a late packet may "
            "then hit a new connection.");
    case Kind::Opening:
        return CloseStrings::tr("SYN-SENT: the attempt ends, and the peer gets nothing.");
    case Kind::Request:
        return CloseStrings::tr("SYN-RECV: the request is forgotten, and the peer gets nothing; it may ask again.");
    case Kind::Closing:
        return CloseStrings::tr("CLOSING and LAST-ACK: both sides have closed already; the peer gets nothing, and what "
                                "it has not acknowledged is not sent again.");
    case Kind::Subflow:
        return CloseStrings::tr(
            "A subflow of an MPTCP connection: it alone ends, and the program gets nothing. The connection goes on "
            "over its other subflows; without any it stays open for a new one until net.mptcp.close_timeout is over. "
            "\"End the Whole\" ends it with all its subflows, and its program finds it not connected (ENOTCONN, "
            "EPIPE).");
    case Kind::Reset:
        break;
    }
    return CloseStrings::tr("The peer gets a reset, and what was not sent yet is lost.");
}

QStringList effectsOf(const Targets& targets) {
    QStringList sentences;
    for (const Kind kind : {Kind::Reset, Kind::Subflow, Kind::Closing, Kind::Opening, Kind::Request, Kind::TimeWait}) {
        if (std::ranges::any_of(targets.rows, [kind](const Row* row) { return kindOf(*row) == kind; }))
            sentences.append(effectOf(kind));
    }
    return sentences;
}

bool anySees(const Targets& targets, const Closer& closer, Seen seen) {
    return std::ranges::any_of(targets.rows, [&](const Row* row) { return seenBy(*row, closer) == seen; });
}

QString errorSentence(const Targets& targets, const Closer& closer) {
    const bool aborted = anySees(targets, closer, Seen::Aborted);
    const bool reset = anySees(targets, closer, Seen::Reset);
    if (aborted && reset)
        return CloseStrings::tr("Your own programs get ECONNRESET at once, the others ECONNABORTED.");
    if (reset)
        return CloseStrings::tr("The program gets the error ECONNRESET at once.");
    if (aborted)
        return CloseStrings::tr("The program gets the error ECONNABORTED at once.");
    if (anySees(targets, closer, Seen::Nothing))
        return {};
    return CloseStrings::tr("No program holds it any more.");
}

} // namespace

CloseQuestion closeQuestion(const Targets& targets, const Closer& closer) {
    constexpr std::size_t kListed = 20; // more connections are told by their programs
    const auto count = static_cast<int>(targets.count());
    QString title =
        CloseStrings::tr("Close the connection to %1?").arg(fromCore(targets.frame->remoteOf(*targets.rows.front())));
    if (count > 1)
        title = CloseStrings::tr("Close %n connection(s)?", nullptr, count);
    QStringList sentences;
    if (const QString error = errorSentence(targets, closer); !error.isEmpty())
        sentences << error;
    sentences << effectsOf(targets) << CloseStrings::tr("This cannot be undone.");
    const auto who = targets.count() > kListed ? programLines(targets) : connectionLines(targets);
    return {title, who.join(QLatin1Char('\n')) + QStringLiteral("\n\n") + sentences.join(QLatin1Char('\n'))};
}

QString closedSentence(const CloseRound& round) {
    ReasonList reasons;
    int done = 0;
    for (const auto& result : round.results) {
        if (result.outcome)
            ++done;
        else
            reasons.add(refusalSentence(result.outcome.error()));
    }
    if (round.refused && round.refused->kind != PrivilegeErrorKind::Dismissed)
        reasons.add(refusalSentence(*round.refused));
    const auto total = static_cast<int>(round.wanted);
    if (done == total)
        return CloseStrings::tr("%n connection(s) closed: the kernel has none of them any more.", nullptr, total);
    if (done == 0 && reasons.text().isEmpty())
        return {};
    if (total == 1)
        return CloseStrings::tr("Not closed: %1.").arg(reasons.text());
    const auto text = CloseStrings::tr("%1 of %2 closed").arg(done).arg(total);
    return reasons.text().isEmpty() ? asSentence(text)
                                    : CloseStrings::tr("%1; %2 could not be: %3.", "so many closed, how many, why")
                                          .arg(text)
                                          .arg(total - done)
                                          .arg(reasons.text());
}

QString commandOf(const CloseRound& round) {
    if (round.refused && !round.refused->command.empty())
        return fromCore(round.refused->command);
    for (const auto& result : round.results) {
        if (!result.outcome && !result.outcome.error().command.empty())
            return fromCore(result.outcome.error().command);
    }
    return {};
}

} // namespace halfopen
