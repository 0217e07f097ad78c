// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/rearm.h"

#include "core/model/keepalive_limits.h"
#include "ui/actions/action_strings.h"
#include "ui/look/sentence.h"

#include <QMessageBox>
#include <QPushButton>

namespace halfopen {

Rearm::Rearm(SocketOperations& operations, QObject* parent)
    : QObject(parent)
    , m_flow(operations) {
    connect(&m_flow, &ChangeFlow::finished, this, &Rearm::onFinished);
    connect(&m_flow, &ChangeFlow::readingsArrived, this, &Rearm::readingsArrived);
}

QString Rearm::whyNot(std::int32_t idle) {
    return idle >= 1 && idle <= kMaxKeepaliveIdle
               ? QString()
               : tr("A socket takes an idle time of 1 to %1 s, so %2 s cannot be set on one.")
                     .arg(kMaxKeepaliveIdle)
                     .arg(idle);
}

void Rearm::ask(const Targets& targets, std::int32_t idle, QWidget* window) {
    if (targets.empty() || m_flow.isBusy())
        return;
    const auto count = static_cast<int>(targets.count());
    auto* box = new QMessageBox(QMessageBox::Question, tr("Halfopen"),
                                tr("Set an idle time of %1 s on %n connection(s)?", nullptr, count).arg(idle),
                                QMessageBox::Cancel, window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(connectionLines(targets).join(QLatin1Char('\n')) + QStringLiteral("\n\n") +
                            tr("Their timers are armed anew at once. From then on the idle time is their own: they no "
                               "longer follow tcp_keepalive_time when it changes."));
    auto* yes = box->addButton(tr("Re-arm"), QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(yes, &QPushButton::clicked, this,
            [this, targets, idle] { m_flow.apply(targets, {.idleSeconds = idle}, ChangeFlow::Undo::NotWanted); });
    box->open();
}

void Rearm::onFinished(const ChangeRound& round) {
    auto sentence = roundSentence(round);
    if (round.done() > 0)
        sentence = inOneLine(sentence, tr("Their idle time is an override from now on."));
    Q_EMIT answered(sentence, commandOf(round));
}

} // namespace halfopen
