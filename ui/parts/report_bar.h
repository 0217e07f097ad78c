// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/endpoint.h"
#include "core/model/grade.h"

#include <QWidget>

class QCheckBox;
class QToolButton;

namespace halfopen {

/// "A forecast about this connection was broken." with a button that copies what a developer needs to reproduce it.
/// There only where one was.
class ReportBar final : public QWidget {
    Q_OBJECT

public:
    explicit ReportBar(QWidget* parent = nullptr);

    /// @param broken  null: nothing was broken
    void show(const BrokenPromisePtr& broken, const Endpoint& local, const Endpoint& remote);
    /// What the button copies: JSON, with addresses only where the box is ticked.
    QString report() const;

private:
    BrokenPromisePtr m_broken;
    Endpoint m_local;
    Endpoint m_remote;
    QToolButton* m_copy;
    QCheckBox* m_withAddresses;
};

} // namespace halfopen
