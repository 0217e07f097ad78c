// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/query/drift.h"

#include <QWidget>

#include <cstdint>

class QLabel;
class QTableView;

namespace halfopen {

class DriftModel;

/// What the settings are in each network namespace, and where they are other than the host's. Hidden while there is one
/// namespace only.
class DriftPanel final : public QWidget {
    Q_OBJECT

public:
    explicit DriftPanel(QWidget* parent = nullptr);

    /// Every frame, also while it is hidden: it notes when a setting comes to differ.
    void showFrame(const FramePtr& frame);

Q_SIGNALS:
    /// The person wants to see the page of this one. @param number  NetnsContext::number
    void netnsRequested(std::uint32_t number);

private:
    void fit();
    QString sentence() const;

    DriftLog m_log;
    DriftModel* m_model;
    QLabel* m_sentence;
    QTableView* m_view;
};

} // namespace halfopen
