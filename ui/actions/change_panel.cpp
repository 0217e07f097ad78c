// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/change_panel.h"

#include "core/forecast/what_if.h"
#include "ui/actions/action_strings.h"
#include "ui/actions/options_editor.h"
#include "ui/look/sentence.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace halfopen {

namespace {

/// Forecasts of more than so many take too long for every frame.
constexpr std::size_t kReckoned = 2000;

Forecast afterChange(const Row& row, const Frame& frame, const OptionsChange& change) {
    return forecastAfter(change, row.connection, row.options, frame.sysctlsOf(row), frame.clockOf(row), row.forecast);
}

} // namespace

ChangePanel::ChangePanel(SocketOperations& operations, QWidget* parent)
    : QScrollArea(parent)
    , m_flow(operations)
    , m_title(newText())
    , m_editor(new OptionsEditor)
    , m_forecast(newText())
    , m_answerLabel(newText())
    , m_apply(new QPushButton(tr("&Apply")))
    , m_revert(new QPushButton(tr("&Revert")))
    , m_undo(new QPushButton(tr("Un&do")))
    , m_cancel(new QPushButton(tr("Cancel"))) {
    setUpLayout();
    m_forecast->setObjectName(QStringLiteral("changeForecast"));
    m_answerLabel->setObjectName(QStringLiteral("changeAnswer"));
    m_apply->setObjectName(QStringLiteral("applyChange"));
    m_undo->setObjectName(QStringLiteral("undoChange"));
    m_undo->setToolTip(tr("Sets again exactly what was in effect before. A value that was set once stays the "
                          "connection's own: it no longer follows the system's."));
    connect(m_editor, &OptionsEditor::edited, this, &ChangePanel::refresh);
    connect(m_apply, &QPushButton::clicked, this, &ChangePanel::apply);
    connect(m_revert, &QPushButton::clicked, this, [this] {
        m_editor->clear();
        refresh();
    });
    connect(m_undo, &QPushButton::clicked, this, [this] {
        m_proof.begin(targets(), MonotonicClock::now());
        m_flow.undo(targets().keys());
    });
    connect(m_cancel, &QPushButton::clicked, &m_flow, &ChangeFlow::cancel);
    connect(&m_flow, &ChangeFlow::busyChanged, this, &ChangePanel::refresh);
    connect(&m_flow, &ChangeFlow::busyChanged, this, &ChangePanel::nameUndo);
    connect(&m_flow, &ChangeFlow::finished, this, &ChangePanel::onFinished);
    connect(&m_flow, &ChangeFlow::readingsArrived, this, &ChangePanel::readingsArrived);
    nameUndo();
    refresh();
}

void ChangePanel::setUpLayout() {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    auto* content = new QWidget;
    auto* buttons = new QHBoxLayout;
    for (auto* button : {m_apply, m_revert, m_undo, m_cancel})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto* draft = new QVBoxLayout; // what is to be, and beside it what became of it
    draft->setSpacing(8);
    draft->addWidget(m_editor);
    m_forecast->setAlignment(Qt::AlignTop);
    m_forecast->setMinimumHeight(2 * fontMetrics().lineSpacing()); // what it says of an edit moves no button
    draft->addWidget(m_forecast);
    draft->addLayout(buttons);
    draft->addStretch(1);
    auto* told = new QVBoxLayout;
    told->setSpacing(8);
    told->addWidget(m_title);
    told->addWidget(m_answerLabel);
    told->addStretch(1);
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(12, 8, 12, 8);
    columns->setSpacing(24);
    columns->addLayout(draft);
    columns->addLayout(told, 1);
    setWidget(content);
}

void ChangePanel::showTargets(const Targets& chosen) {
    const bool any = anyChangeable(chosen);
    if (isStarted() || m_flow.isBusy() || !any)
        keepKeysOfTargets();
    m_chosen = chosen;
    m_targets.reset();
    m_whyNone = any ? QString() : whyNone(chosen);
    if (isStarted() && ((!any && !chosen.empty()) || !areKnown(targets().keys()))) {
        m_editor->clear();
        m_proof.clear();
        m_answer.clear();
    }
    if (any && !m_flow.isBusy())
        m_keysAreOfTargets = true;
    if (chosen.frame)
        m_proof.look(chosen.frame);
    refresh();
}

/// Looked through for when somebody asks: there may be a hundred thousand with each frame.
const Targets& ChangePanel::targets() const {
    if (!m_targets)
        m_targets = changeable(m_chosen);
    return *m_targets;
}

/// Which state or right it is that leaves nothing to change.
QString ChangePanel::whyNone(const Targets& chosen) {
    if (chosen.frame && !chosen.frame->isHere())
        return whyNotChanged(*chosen.frame);
    if (chosen.empty())
        return tr("Choose a connection in the table to change its keepalive.");
    const Row& row = *chosen.rows.front();
    if (row.change == Change::Closed)
        return tr("It has ended: there is nothing to change any more.");
    return tr("The kernel keeps no options for a socket in %1.").arg(stateName(row.connection.state));
}

void ChangePanel::proposeOn() {
    m_editor->proposeOn();
    refresh();
}

/// Something stands here that belongs to the connections chosen before.
bool ChangePanel::isStarted() const {
    return m_editor->isTouched() || m_proof.isBegun() || !m_answer.isEmpty();
}

/// While nothing has begun nobody asks for them, and there may be a hundred thousand.
void ChangePanel::keepKeysOfTargets() {
    if (std::exchange(m_keysAreOfTargets, false))
        m_keys = targets().keys();
}

/// Mostly they are the same as in the frame before, or fewer; a hundred thousand of them must not be looked for one by
/// one.
bool ChangePanel::areKnown(const std::vector<SocketKey>& keys) const {
    if (keys == m_keys)
        return true;
    const std::unordered_set<SocketKey> known(m_keys.begin(), m_keys.end());
    return std::ranges::all_of(keys, [&](const SocketKey& key) { return known.contains(key); });
}

void ChangePanel::showEvent(QShowEvent* event) {
    QScrollArea::showEvent(event);
    refresh();
}

/// Reckoning with thousands of chosen rows is left until somebody looks.
void ChangePanel::refresh() {
    if (!isVisible())
        return;
    m_editor->show(targets());
    m_editor->setEnabled(!targets().empty() && !m_flow.isBusy());
    const bool many = targets().count() > 1;
    m_title->setVisible(many || targets().empty());
    for (QWidget* part : {static_cast<QWidget*>(m_editor), static_cast<QWidget*>(m_apply),
                          static_cast<QWidget*>(m_revert), static_cast<QWidget*>(m_undo)})
        part->setVisible(!targets().empty());
    m_title->setText(targets().empty() ? m_whyNone
                                       : tr("For %n chosen connection(s). Only what you touch is changed.", nullptr,
                                            static_cast<int>(targets().count())));
    const auto draft = m_editor->draft(targets());
    refreshForecast(draft);
    refreshButtons(draft);
    refreshAnswer();
}

void ChangePanel::refreshForecast(const OptionsChange& draft) {
    m_forecast->setVisible(!targets().empty());
    if (targets().empty())
        return;
    const Frame& frame = *targets().frame;
    if (targets().count() > 1) {
        m_forecast->setText(manyForecast(draft));
        return;
    }
    const Row& row = *targets().rows.front();
    const auto sampled = row.connection.sampled;
    const auto now = m_now.value_or(sampled);
    QStringList lines{tr("Now: %1.").arg(fateSentence(row.forecast, sampled, now))};
    if (row.connection.state == State::Listen)
        lines = QStringList{tr("A listener: connections that it accepts from then on inherit what is set here.")};
    else if (!isEmpty(draft))
        lines.append(tr("After Apply: %1.").arg(fateSentence(afterChange(row, frame, draft), sampled, now)));
    if (lines.size() == 1)
        lines.append(QString()); // the room of the second line, so that Apply stands still
    m_forecast->setText(lines.join(QLatin1Char('\n')));
}

void ChangePanel::tick(MonotonicTime now) {
    m_now = now;
    if (isVisible() && targets().count() == 1)
        refreshForecast(m_editor->draft(targets()));
}

QString ChangePanel::manyForecast(const OptionsChange& draft) const {
    const auto now = std::ranges::count_if(targets().rows, [](const Row* row) { return row->forecast.never; });
    if (isEmpty(draft) || targets().count() > kReckoned)
        return tr("Now %1 of %2 would never be given up.").arg(now).arg(targets().count());
    const auto after = std::ranges::count_if(
        targets().rows, [&](const Row* row) { return afterChange(*row, *targets().frame, draft).never; });
    return tr("Now %1 of %2 would never be given up; after Apply %3.").arg(now).arg(targets().count()).arg(after);
}

/// A button that is disabled while it has the keys passes them on to the next that can be pressed.
void ChangePanel::refreshButtons(const OptionsChange& draft) {
    const bool hadKeys = m_apply->hasFocus() || m_revert->hasFocus() || m_undo->hasFocus() || m_cancel->hasFocus();
    const bool ready = !targets().empty() && !m_flow.isBusy();
    m_apply->setEnabled(ready && !isEmpty(draft));
    m_revert->setEnabled(ready && m_editor->isTouched());
    m_undo->setEnabled(ready && std::ranges::any_of(targets().rows, [this](const Row* row) {
                           return m_flow.canUndo(targets().frame->keyOf(*row));
                       }));
    m_cancel->setVisible(m_flow.isBusy());
    if (hadKeys)
        keepKeys();
}

void ChangePanel::keepKeys() {
    for (QPushButton* button : {m_apply, m_revert, m_undo, m_cancel})
        if (button->hasFocus() && button->isEnabled() && button->isVisible())
            return;
    for (QPushButton* button : {m_cancel, m_undo, m_apply})
        if (button->isEnabled() && button->isVisible())
            return button->setFocus();
    setFocus();
}

void ChangePanel::refreshAnswer() {
    QStringList lines;
    if (targets().empty() && !m_flow.isBusy())
        return m_answerLabel->hide();
    if (m_flow.isBusy())
        lines.append(tr("Waiting for an answer..."));
    else if (!m_answer.isEmpty())
        lines.append(m_answer);
    if (m_proof.isWaiting())
        lines.append(tr("The timer is being read again..."));
    else if (!m_proof.after().isEmpty())
        lines << m_proof.before() << m_proof.after();
    m_answerLabel->setText(lines.join(QLatin1Char('\n')));
    m_answerLabel->setVisible(!lines.isEmpty());
}

void ChangePanel::apply() {
    const auto draft = m_editor->draft(targets());
    if (isEmpty(draft) || targets().empty())
        return;
    m_answer.clear();
    m_proof.begin(targets(), MonotonicClock::now());
    m_flow.apply(targets(), draft);
}

void ChangePanel::undoLast() {
    if (!canUndoLast())
        return;
    undo({m_flow.lastRound().begin(), m_flow.lastRound().end()});
}

void ChangePanel::undo(std::vector<SocketKey> keys) {
    if (m_flow.isBusy())
        return;
    m_undoingLast = true;
    sortByNetns(keys);
    m_flow.undo(keys);
}

/// By the program of a single one, as long as the frame still has it.
void ChangePanel::nameUndo() {
    const auto& keys = m_flow.lastRound();
    const Row* row = keys.size() == 1 && m_chosen.frame ? m_chosen.frame->find(*keys.begin()) : nullptr;
    if (keys.size() > 1) {
        m_undoText = tr("&Undo Change of %n Connection(s)", nullptr, static_cast<int>(keys.size()));
    } else if (row) {
        const auto& owners = m_chosen.frame->ownersOf(*row);
        m_undoText = tr("&Undo Change of %1")
                         .arg(owners.empty() ? fromCore(m_chosen.frame->remoteOf(*row)) : programText(owners.front()));
    } else if (keys.empty() || m_undoText.isEmpty()) {
        m_undoText = tr("&Undo Change");
    }
    Q_EMIT undoChanged();
}

void ChangePanel::onFinished(const ChangeRound& round) {
    Q_EMIT changed(round);
    if (std::exchange(m_undoingLast, false))
        Q_EMIT lastUndone(roundSentence(round), commandOf(round));
    m_answer = roundSentence(round);
    const auto command = commandOf(round);
    if (!m_answer.isEmpty() && !command.isEmpty())
        m_answer += QLatin1Char('\n') + command;
    if (round.done() == 0) {
        m_proof.clear(); // the edit stays
        return refresh();
    }
    if (round.undo)
        m_answer = inOneLine(m_answer, tr("What was set once stays the connection's own and does not follow the "
                                          "system's setting any more."));
    m_proof.changed(MonotonicClock::now());
    if (round.results.size() == round.done() && round.untried == 0)
        m_editor->clear();
    refresh();
}

} // namespace halfopen
