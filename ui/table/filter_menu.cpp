// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/filter_menu.h"

#include <QInputDialog>
#include <QMenu>
#include <QSettings>

namespace halfopen {

namespace {

QString settingRecent() {
    return QStringLiteral("filters/recent");
}
QString settingNames() {
    return QStringLiteral("filters/names");
}
QString settingSaved() {
    return QStringLiteral("filters/saved");
}

/// In a menu an ampersand stands before a letter to press, and nobody reads a whole line of it.
QString inMenu(const QString& text) {
    constexpr int kLongest = 80;
    const QString shown = text.size() > kLongest ? QString(text.left(kLongest) + QChar(0x2026)) : text;
    return QString(shown).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

FilterMenu::FilterMenu(QWidget* parent)
    : QToolButton(parent)
    , m_menu(new QMenu(this)) {
    setObjectName(QStringLiteral("filterMenu"));
    setText(tr("Filters"));
    setToolTip(tr("Filters that were saved, and the last ones"));
    setMenu(m_menu);
    setPopupMode(QToolButton::InstantPopup);
    setAutoRaise(true);
    setMinimumHeight(24);
    const QSettings settings;
    m_recent = settings.value(settingRecent()).toStringList();
    m_names = settings.value(settingNames()).toStringList();
    m_saved = settings.value(settingSaved()).toStringList();
    if (m_names.size() != m_saved.size()) {
        m_names.clear();
        m_saved.clear();
    }
    connect(m_menu, &QMenu::aboutToShow, this, &FilterMenu::fill);
}

void FilterMenu::fill() {
    m_menu->clear();
    auto* save = m_menu->addAction(tr("&Save This Filter..."), this, &FilterMenu::askForName);
    save->setEnabled(!m_filter.isEmpty());
    if (!m_names.isEmpty())
        m_menu->addSection(tr("Saved"));
    for (qsizetype i = 0; i < m_names.size(); ++i) {
        auto* action =
            m_menu->addAction(inMenu(m_names[i]), this, [this, filter = m_saved[i]] { Q_EMIT chosen(filter); });
        action->setToolTip(m_saved[i]);
    }
    if (!m_recent.isEmpty())
        m_menu->addSection(tr("Last used"));
    for (const QString& filter : m_recent)
        m_menu->addAction(inMenu(filter), this, [this, filter] { Q_EMIT chosen(filter); });
    if (m_names.isEmpty())
        return;
    auto* forget = m_menu->addMenu(tr("&Remove a Saved One"));
    for (const QString& name : m_names)
        forget->addAction(inMenu(name), this, [this, name] { remove(name); });
}

void FilterMenu::askForName() {
    auto* dialog = new QInputDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save Filter"));
    dialog->setLabelText(tr("Name of the filter:"));
    dialog->setTextValue(m_filter);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, filter = m_filter](const QString& name) {
        if (!name.trimmed().isEmpty())
            save(name.trimmed(), filter);
    });
    dialog->open();
}

void FilterMenu::use(const QString& filter) {
    if (filter.trimmed().isEmpty() || m_recent.value(0) == filter)
        return;
    m_recent.removeAll(filter);
    m_recent.prepend(filter);
    m_recent = m_recent.mid(0, kMostRecent);
    store();
}

void FilterMenu::save(const QString& name, const QString& filter) {
    const qsizetype known = m_names.indexOf(name);
    if (known >= 0) {
        m_saved[known] = filter;
    } else {
        m_names.append(name);
        m_saved.append(filter);
    }
    store();
}

void FilterMenu::remove(const QString& name) {
    const qsizetype known = m_names.indexOf(name);
    if (known < 0)
        return;
    m_names.removeAt(known);
    m_saved.removeAt(known);
    store();
}

void FilterMenu::store() const {
    QSettings settings;
    settings.setValue(settingRecent(), m_recent);
    settings.setValue(settingNames(), m_names);
    settings.setValue(settingSaved(), m_saved);
}

} // namespace halfopen
