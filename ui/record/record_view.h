// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"

#include <QWidget>

#include <chrono>
#include <optional>

namespace halfopen {

class FactPanel;
class ReportBar;
class TimelineView;

/// The record of an ended connection: its time line in the past and what is known of it. In the details where it stood
/// until then, and on the page "History".
class RecordView final : public QWidget {
    Q_OBJECT

public:
    explicit RecordView(QWidget* parent = nullptr);

    /// @param deadFor  how long its program has still held it; nullopt: it does not
    void show(const EndedConnectionPtr& record, std::optional<std::chrono::milliseconds> deadFor = {});
    /// It has ended, and how is not known (yet).
    void showUnknown();

private:
    TimelineView* m_timeline;
    FactPanel* m_facts;
    ReportBar* m_report;
};

} // namespace halfopen
