// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/record_view.h"

#include "ui/look/accessible_role.h"
#include "ui/look/ending_strings.h"
#include "ui/look/theme.h"
#include "ui/parts/fact_panel.h"
#include "ui/parts/report_bar.h"
#include "ui/record/ended_facts.h"
#include "ui/timeline/timeline_view.h"

#include <QVBoxLayout>

namespace halfopen {

namespace {

constexpr int kColumn = 54; ///< characters: three side by side in a usual window

} // namespace

RecordView::RecordView(QWidget* parent)
    : QWidget(parent)
    , m_timeline(new TimelineView)
    , m_facts(new FactPanel(FactPanel::Shape::Sentences, kColumn))
    , m_report(new ReportBar) {
    setAccessibleRole(*this, QAccessible::Grouping);
    setAccessibleName(tr("How it ended"));
    m_facts->setAccessibleName(accessibleName()); // it has the keys
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_timeline);
    layout->addWidget(m_report);
    layout->addWidget(m_facts, 1);
}

void RecordView::show(const EndedConnectionPtr& record, std::optional<std::chrono::milliseconds> deadFor) {
    auto line = endedTimeline(*record);
    m_timeline->setVisible(!line.stops.empty());
    m_timeline->show(std::move(line), themeOf(palette()).of(accentOf(record->ending)));
    m_report->show(record->broken, record->local, record->remote);
    m_facts->show(endedFacts(*record, deadFor));
}

void RecordView::showUnknown() {
    m_timeline->hide();
    m_report->show(nullptr, {}, {});
    m_facts->show(
        {{{}, {{tr("Ended"), tr("It is no longer in the kernel's list. How it ended is not known yet."), {}}}}});
}

} // namespace halfopen
