// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace halfopen {

/// The line above a record: who, how it ended, what can be done with it, and how many others ended like it.
class RecordHead final : public QWidget {
    Q_OBJECT

public:
    explicit RecordHead(QWidget* parent = nullptr);

    /// @param alike  how many others ended in the same way with the same remote host within the hour before it
    void show(const EndedConnection& record, std::size_t alike);
    void addVerb(QAction* verb); ///< as a button at the end

Q_SIGNALS:
    void alikeRequested();

private:
    QLabel* m_icon;
    QLabel* m_who;
    QLabel* m_how;
    QToolButton* m_alike; ///< hidden where there is none
    QHBoxLayout* m_layout;
    QWidget* m_lastVerb; ///< in the order of the keys
};

} // namespace halfopen
