// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/watch/watch_menu.h"

#include <QPointer>
#include <QSettings>
#include <QStringList>

namespace halfopen {

namespace {

/// A notice each, up to so many at once; the rest is one notice that counts them.
constexpr std::size_t kAtOnce = 5;

QString settingOn() {
    return QStringLiteral("watch/notify");
}
QString settingFilter() {
    return QStringLiteral("watch/filter");
}

} // namespace

WatchMenu::WatchMenu(Notify notify, std::function<QString()> filter, QObject* parent)
    : QObject(parent)
    , m_notify(std::move(notify))
    , m_filterText(std::move(filter))
    , m_connection(new QAction(tr("&Watch This Connection"), this))
    , m_filter(new QAction(this))
    , m_list(new QAction(tr("Show What &Is Watched"), this))
    , m_on(new QAction(tr("&Notify"), this)) {
    for (auto* action : {m_connection, m_filter, m_on})
        action->setCheckable(true);
    m_connection->setObjectName(QStringLiteral("watchConnection"));
    m_filter->setObjectName(QStringLiteral("watchFilter"));
    m_on->setObjectName(QStringLiteral("notify"));
    m_list->setObjectName(QStringLiteral("showWatched"));
    m_connection->setEnabled(false);
    m_on->setToolTip(tr("Tells on the desktop when a watched connection becomes suspect or is given up, or when a "
                        "program piles up connections in CLOSE-WAIT."));
    showFilter({});
    restore();
    connect(m_connection, &QAction::triggered, this, &WatchMenu::watchConnection);
    connect(m_filter, &QAction::triggered, this, &WatchMenu::watchFilter);
    connect(m_list, &QAction::triggered, this,
            [this] { Q_EMIT connectionsRequested(filterOfWatched(), tr("watched")); });
    connect(m_on, &QAction::toggled, this, [this](bool on) {
        QSettings().setValue(settingOn(), on);
        m_watch.restart();
        if (on)
            tellFirst();
    });
}

void WatchMenu::restore() {
    const QSettings settings;
    m_on->setChecked(settings.value(settingOn(), false).toBool());
    if (!settings.contains(settingFilter()))
        return;
    const auto words = settings.value(settingFilter()).toString();
    m_watch.setFilter(words);
    m_filter->setChecked(true);
    showFilter(words);
}

void WatchMenu::showFilter(const QString& words) {
    m_watchedWords = words;
    m_list->setEnabled(m_filter->isChecked() || !m_watch.watched().empty());
    if (!m_filter->isChecked())
        m_filter->setText(tr("Watch What the &Filter Shows"));
    else
        m_filter->setText(words.isEmpty() ? tr("Watch &All Connections") : tr("Watch \"%1\"").arg(words));
}

void WatchMenu::watchFilter(bool watched) {
    const auto words = watched ? m_filterText() : QString();
    m_watch.setFilter(watched ? std::optional(words) : std::nullopt);
    if (watched)
        QSettings().setValue(settingFilter(), words);
    else
        QSettings().remove(settingFilter());
    showFilter(words);
    Q_EMIT watchedChanged();
    if (watched)
        m_on->setChecked(true);
}

void WatchMenu::watchConnection(bool watched) {
    m_watch.setWatched(m_key, watched);
    showFilter(m_watchedWords);
    Q_EMIT watchedChanged();
    if (watched)
        m_on->setChecked(true);
}

/// On the desktop, which may show it or not, and in the window, which does.
void WatchMenu::tell(const WatchNotice& notice) {
    m_notify(notice, [](bool) {});
    Q_EMIT noticed(tr("%1: %2", "a notice: its title, its text").arg(notice.title, notice.text));
}

/// Whether notices arrive is seen when they are turned on, and not when one is missed.
void WatchMenu::tellFirst() {
    const WatchNotice notice{WatchNotice::Kind::First, tr("Notices are on"),
                             tr("This is how you are told when a watched connection becomes suspect or is given up.")};
    m_notify(notice, [self = QPointer(this)](bool taken) {
        if (self && !taken)
            Q_EMIT self->noticed(tr("Nothing on this desktop shows notices (org.freedesktop.Notifications): they are "
                                    "told here, in the window."));
    });
}

/// "sk:1a,1b or ( psql )"
QString WatchMenu::filterOfWatched() const {
    QStringList cookies;
    for (const SocketKey& key : m_watch.watched())
        cookies.append(QString::number(key.cookie, 16));
    cookies.sort();
    const QString single = cookies.isEmpty() ? QString() : QStringLiteral("sk:") + cookies.join(QLatin1Char(','));
    if (!m_filter->isChecked() || single.isEmpty())
        return m_filter->isChecked() ? m_watchedWords : single;
    return m_watchedWords.isEmpty() ? QString() : QStringLiteral("%1 or ( %2 )").arg(single, m_watchedWords);
}

void WatchMenu::choose(const SocketKey& key) {
    m_key = key;
    m_connection->setEnabled(bool(key));
    m_connection->setChecked(m_watch.isWatched(key));
}

void WatchMenu::look(const Frame& frame, std::span<const EndedConnectionPtr> ended) {
    if (!m_on->isChecked())
        return;
    const auto notices = m_watch.look(frame, ended);
    for (std::size_t i = 0; i < notices.size() && i < kAtOnce; ++i)
        tell(notices[i]);
    if (notices.size() > kAtOnce)
        tell({notices.back().kind, tr("Halfopen"),
              tr("%n more of what you watch has changed.", nullptr, static_cast<int>(notices.size() - kAtOnce))});
}

} // namespace halfopen
