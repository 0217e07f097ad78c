// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QToolButton>

class QMenu;

namespace halfopen {

/// The button beside the filter: filters that were saved under a name, and the last ones that were used. Both are kept
/// in the settings.
class FilterMenu final : public QToolButton {
    Q_OBJECT

public:
    static constexpr int kMostRecent = 20;

    explicit FilterMenu(QWidget* parent = nullptr);

    /// What "Save" would save. "": nothing
    void setFilter(const QString& filter) { m_filter = filter; }
    /// A person has used it: it comes first among the last ones.
    void use(const QString& filter);
    /// Under another's name it takes the place of that one.
    void save(const QString& name, const QString& filter);
    void remove(const QString& name);

Q_SIGNALS:
    void chosen(const QString& filter);

private:
    void fill();
    void askForName();
    void store() const;

    QMenu* m_menu;
    QString m_filter;
    QStringList m_recent;
    QStringList m_names; ///< of the saved ones, in their order
    QStringList m_saved; ///< of `m_names`
};

} // namespace halfopen
