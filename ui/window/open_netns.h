// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "ui/window/services.h"

#include <QString>
#include <QToolButton>

#include <vector>

namespace halfopen {

/// "Show in Full...": the one place that asks for the rights to look into network namespaces of others. There while one
/// in view is seen from outside alone, and while that can be changed.
class OpenNetns final : public QToolButton {
    Q_OBJECT

public:
    /// @param services  outlive this
    explicit OpenNetns(const WindowServices& services, QWidget* parent = nullptr);

    void showFrame(const Frame& frame);

Q_SIGNALS:
    void failed(const QString& sentence); ///< never where the person called it off

private:
    void open();

    const WindowServices& m_services;
    std::vector<NetnsId> m_outside; ///< of those in view: NetnsInside::procInode
    bool m_asked = false;           ///< and not answered yet
};

} // namespace halfopen
