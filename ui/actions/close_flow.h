// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/socket_operations.h"
#include "core/model/order.h"
#include "core/model/socket_results.h"
#include "ui/actions/targets.h"

#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace halfopen {

/// What became of connections that were to be closed, once all is over.
struct CloseRound {
    std::size_t wanted = 0;
    std::vector<CloseResult> results;      ///< of those that were tried
    std::optional<PrivilegeError> refused; ///< why the rest was not tried
};

/// Closes connections in batches, stopping at a refusal of a whole batch. GUI thread.
class CloseFlow final : public QObject {
    Q_OBJECT

public:
    /// @param operations  outlives this
    explicit CloseFlow(SocketOperations& operations, QObject* parent = nullptr);

    bool isBusy() const { return m_busy; }
    /// Begins; answered by finished(). Does nothing while busy.
    void close(std::vector<SocketKey> sockets);
    /// The same, and of MPTCP connections the whole.
    void closeWhole(std::vector<SocketKey> sockets);

Q_SIGNALS:
    /// How far it is with these: all are asked for first, then each is done or failed.
    void progressed(const halfopen::CloseNote& note);
    void finished(const halfopen::CloseRound& round);

private:
    void begin(std::vector<SocketKey> sockets, bool whole);
    void next();
    void answered(const std::vector<SocketKey>& batch, const Outcome<std::vector<CloseResult>>& outcome);
    void note(CloseStep step, std::vector<SocketKey> sockets);
    void note(const std::vector<SocketKey>& batch, const std::vector<CloseResult>& results);
    void end();

    SocketOperations& m_operations;
    std::vector<SocketKey> m_left; ///< those of one namespace side by side
    CloseRound m_round;
    bool m_busy = false;
    bool m_whole = false;
};

/// "psql 8123 -> 203.0.113.9:5432 was closed", "3 of 5 closed; 2 could not be: ...". "" where a dialog was closed
/// before anything was done.
QString closedSentence(const CloseRound& round);
QString commandOf(const CloseRound& round); ///< of the first refusal that has one; ""

/// How this program ends connections, which decides what their programs get to see.
struct Closer {
    bool destroys = false; ///< this process may use SOCK_DESTROY itself (root, the laboratory)
    std::uint32_t uid = 0; ///< whose sockets it may reset without a privilege
};

/// What is asked before connections are closed: who loses what.
struct CloseQuestion {
    QString title;  ///< "Close the connection to 203.0.113.9:5432?"
    QString detail; ///< the programs, and which error they get
};
/// @param targets  closable ones; at least one
CloseQuestion closeQuestion(const Targets& targets, const Closer& closer);

} // namespace halfopen
