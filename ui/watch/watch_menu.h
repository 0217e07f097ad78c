// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/watch/watch.h"

#include <QAction>
#include <QList>
#include <QObject>

#include <functional>

namespace halfopen {

/// The switches of the notifications: on or off, which connection, which filter. Off until a person turns them on; the
/// switch and the filter are kept, a watched connection is watched while it lives.
class WatchMenu final : public QObject {
    Q_OBJECT

public:
    /// Shows one notice outside of the window, and tells some time whether anybody there took it.
    using Notify = std::function<void(const WatchNotice& notice, std::function<void(bool taken)> done)>;

    /// @param filter  the words that now stand in the filter field
    WatchMenu(Notify notify, std::function<QString()> filter, QObject* parent);

    QList<QAction*> all() const { return {m_connection, m_filter, m_list, m_on}; }

    const Watch& watch() const { return m_watch; }

    /// Which connection "Watch This Connection" means; 0: none.
    void choose(const SocketKey& key);
    /// As Watch::look(); tells what it finds while notifications are on.
    void look(const Frame& frame, std::span<const EndedConnectionPtr> ended);

Q_SIGNALS:
    void noticed(const QString& sentence);                                 ///< the same notices, for the window
    void watchedChanged();                                                 ///< others are watched than before
    void connectionsRequested(const QString& filter, const QString& name); ///< that lists what is watched

private:
    void tell(const WatchNotice& notice);
    void tellFirst();
    QString filterOfWatched() const;
    void restore();
    void watchConnection(bool watched);
    void watchFilter(bool watched);
    void showFilter(const QString& words);

    Notify m_notify;
    std::function<QString()> m_filterText;
    QString m_watchedWords; ///< of the filter that is watched
    Watch m_watch;
    SocketKey m_key;
    QAction* m_connection;
    QAction* m_filter;
    QAction* m_list;
    QAction* m_on;
};

} // namespace halfopen
