// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/socket_operations.h"
#include "core/model/order.h"
#include "ui/actions/change_flow.h"
#include "ui/actions/close_flow.h"
#include "ui/actions/exact_reader.h"
#include "ui/actions/targets.h"
#include "ui/parts/verb.h"

#include <QAction>
#include <QList>
#include <QObject>

#include <functional>

namespace halfopen {

class ChangePanel;
class ConnectionsPage;

/// Takes what is done here to whoever samples: what was read, and how far it is with a close. May be empty.
using OrderSink = std::function<void(Order)>;

/// The verbs on the chosen connections, in the details, the table's menu and the menu bar: change, close, read exactly.
class ConnectionActions final : public QObject {
    Q_OBJECT

public:
    /// @param operations  outlives this; answers on the GUI thread and does not block it
    /// @param page        becomes the place where they are offered and answered
    /// @param openExact   see ExactReader
    ConnectionActions(SocketOperations& operations, const Closer& closer, OrderSink send,
                      ExactReader::OpenExact openExact, ConnectionsPage& page, QObject* parent);

    /// The newest frame, also while the table is paused.
    void showFrame(const FramePtr& frame);
    /// More for the table's menu, after the verbs.
    void addToMenu(const QList<QAction*>& actions) { m_more += actions; }
    /// To be called when the page is shown or hidden, or something else may be chosen.
    void choose();

    void offerGuard(); ///< guardRequested() can be answered

    QList<QAction*> all() const { return {m_change, m_guard, m_close, m_ended, m_read}; }
    QAction& read() { return *m_read; }
    /// Of these, whichever are chosen now.
    void undoChanges(const std::vector<SocketKey>& keys);
    const ChangeFlow& changes() const;
    QAction* undo() const { return m_undo; } ///< the last change of keepalive, whichever connections are chosen now

Q_SIGNALS:
    /// The person wants to know how the chosen connection ended.
    void endingRequested(const halfopen::SocketKey& key);
    /// What was done to connections, once it is over.
    /// @param frame  that names them, as far as it has them; may be null
    void changed(const halfopen::ChangeRound& round, const halfopen::FramePtr& frame);
    void closed(const halfopen::CloseRound& round, const halfopen::Targets& targets); ///< as they were before
    /// New connections of the units of these are to be guarded; of none: of those of which nobody will notice that
    /// their peer is gone.
    void guardRequested(const halfopen::Targets& targets);

private:
    Targets chosen() const;
    void setUpActions();
    void connectFlows();
    void showPanel();
    void doIt(Verb verb);
    void nameVerbs(std::size_t count, std::size_t toChange, std::size_t toClose);
    void showMenu(QPoint at);
    void askToClose();
    void onExact(int count, int failed);

    ConnectionsPage& m_page;
    Closer m_closer;
    OrderSink m_send;
    CloseFlow m_closing;
    ExactReader m_reader;
    FramePtr m_frame;
    Targets m_targets;
    Targets m_toClose; ///< as they were when the person said so
    ChangePanel* m_panel;
    QList<QAction*> m_more;
    QAction* m_change;
    QAction* m_guard;
    QAction* m_close;
    QAction* m_ended;
    QAction* m_read;
    QAction* m_undo;
};

} // namespace halfopen
