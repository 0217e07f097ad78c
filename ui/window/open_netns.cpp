// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/open_netns.h"

#include "ui/look/netns_strings.h"
#include "ui/look/sentence.h"
#include "ui/look/theme.h"
#include "ui/look/translated.h"

#include <QPointer>
#include <QStringList>

#include <cstdint>

namespace halfopen {

OpenNetns::OpenNetns(const WindowServices& services, QWidget* parent)
    : QToolButton(parent)
    , m_services(services) {
    setObjectName(QStringLiteral("openNetns"));
    setText(tr("Show in Full\u2026"));
    setMinimumHeight(kTarget);
    setFocusPolicy(Qt::StrongFocus);
    hide();
    connect(this, &QToolButton::clicked, this, &OpenNetns::open);
}

void OpenNetns::showFrame(const Frame& frame) {
    m_outside.clear();
    QStringList names;
    for (std::uint16_t index = 0; index < frame.namespaces.size(); ++index) {
        const NetnsContext& netns = *frame.namespaces[index];
        const bool inView = frame.allInView || index == frame.inViewIndex;
        if (!inView || netns.tier != NetnsTier::Public || netns.inside.procInode == 0 || frame.sampleOf(index).gone)
            continue;
        m_outside.push_back(netns.inside.procInode);
        names.append(netnsName(netns));
    }
    setVisible(frame.isHere() && m_services.openNetns && !m_outside.empty());
    setEnabled(!m_asked);
    constexpr int kMostNames = 5;
    const auto more = static_cast<int>(names.size()) - kMostNames;
    if (more > 0)
        names = names.mid(0, kMostNames) << tr("%n more", "network namespaces", more);
    const QString tip =
        tr("Seen from outside: %1. An administrator's password shows cookies, round trips, settings, ends and all that "
           "can be done.")
            .arg(asList(names));
    if (toolTip() != tip) {
        setToolTip(tip);
        setAccessibleDescription(tip);
    }
}

void OpenNetns::open() {
    m_asked = true;
    setEnabled(false);
    m_services.openNetns(m_outside, [self = QPointer(this)](const Outcome<void>& outcome) {
        if (!self)
            return;
        self->m_asked = false;
        self->setEnabled(true);
        if (!outcome && outcome.error().kind != PrivilegeErrorKind::Dismissed)
            Q_EMIT self->failed(translated(outcome.error().sentence));
    });
}

} // namespace halfopen
