// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/change_flow.h"

#include <QObject>

class QWidget;

namespace halfopen {

/// Arms the timers of connections anew that still wait on an old tcp_keepalive_time: the idle time now in effect is set
/// on each of them, which the kernel arms at once (net/ipv4/tcp.c, tcp_sock_set_keepidle_locked()). It becomes their
/// own by that, so it is asked for first. GUI thread.
class Rearm final : public QObject {
    Q_OBJECT

public:
    /// @param operations  outlives this
    explicit Rearm(SocketOperations& operations, QObject* parent = nullptr);

    /// Asks, and sets it where the answer is yes.
    /// @param idle    tcp_keepalive_time in effect, s; one that whyNot() has nothing against
    /// @param window  over which the question stands
    void ask(const Targets& targets, std::int32_t idle, QWidget* window);
    /// Why this cannot be set on a socket; "" where it can.
    static QString whyNot(std::int32_t idle);

Q_SIGNALS:
    /// What became of it; the command that a person could run instead, or "".
    void answered(const QString& sentence, const QString& command);
    /// What was read back from the sockets that were set.
    void readingsArrived(const halfopen::ReadingsOrder& readings);

private:
    void onFinished(const ChangeRound& round);

    ChangeFlow m_flow;
};

} // namespace halfopen
