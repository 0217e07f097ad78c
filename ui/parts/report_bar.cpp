// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/report_bar.h"

#include "core/grades/broken_report.h"
#include "ui/look/text.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace halfopen {

ReportBar::ReportBar(QWidget* parent)
    : QWidget(parent)
    , m_copy(new QToolButton)
    , m_withAddresses(new QCheckBox(tr("With addresses"))) {
    auto* sentence = new QLabel(tr("A forecast about this connection was broken."));
    m_copy->setObjectName(QStringLiteral("copyReport"));
    m_withAddresses->setObjectName(QStringLiteral("withAddresses"));
    m_copy->setText(tr("Copy Report"));
    m_copy->setToolTip(
        tr("Both samples with all their fields, the settings and the versions: what a developer needs to "
           "reproduce it"));
    m_withAddresses->setToolTip(tr("Without them, the report names no host and no address"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 4);
    layout->setSpacing(12);
    layout->addWidget(sentence);
    layout->addWidget(m_copy);
    layout->addWidget(m_withAddresses);
    layout->addStretch(1);
    connect(m_copy, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(report()); });
    hide();
}

void ReportBar::show(const BrokenPromisePtr& broken, const Endpoint& local, const Endpoint& remote) {
    m_broken = broken;
    m_local = local;
    m_remote = remote;
    setVisible(broken != nullptr);
}

QString ReportBar::report() const {
    if (!m_broken)
        return {};
    return fromCore(m_withAddresses->isChecked() ? halfopen::withAddresses(*m_broken, m_local, m_remote)
                                                 : m_broken->report);
}

} // namespace halfopen
