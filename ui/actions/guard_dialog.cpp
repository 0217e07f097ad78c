// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/guard_dialog.h"

#include "core/model/keepalive_limits.h"
#include "ui/actions/action_strings.h"
#include "ui/look/sentence.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

namespace halfopen {

namespace {

// To begin with: a dead peer is noticed after a minute and a half.
constexpr int kIdle = 60;
constexpr int kInterval = 10;
constexpr int kProbes = 3;

/// The names on a path, the innermost first.
std::vector<std::string> namesOn(std::string_view path) {
    std::vector<std::string> names;
    while (!path.empty()) {
        const std::size_t slash = path.rfind('/');
        const std::string_view name = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
        path = path.substr(0, slash == std::string_view::npos ? 0 : slash);
        if (isGuardName(name))
            names.emplace_back(name);
    }
    return names;
}

} // namespace

GuardDialog::GuardDialog(GuardBackend& backend, FramePtr frame, std::vector<std::uint32_t> groups, QWidget* parent)
    : QDialog(parent)
    , m_backend(backend)
    , m_frame(std::move(frame))
    , m_groups(std::move(groups))
    , m_unit(new QComboBox)
    , m_idle(newBox("TCP_KEEPIDLE", 1, kMaxKeepaliveIdle, kIdle))
    , m_interval(newBox("TCP_KEEPINTVL", 0, kMaxKeepaliveInterval, kInterval))
    , m_probes(newBox("TCP_KEEPCNT", 0, kMaxKeepaliveProbes, kProbes))
    , m_userTimeout(newBox("TCP_USER_TIMEOUT", 0, std::numeric_limits<int>::max(), 0))
    , m_text(newText())
    , m_persist(new QCheckBox(tr("&Keep it after a reboot")))
    , m_answer(newText())
    , m_apply(new QPushButton(tr("&Guard")))
    , m_cancel(new QPushButton(tr("Cancel"))) {
    setWindowTitle(tr("Guard Every New Connection"));
    setAttribute(Qt::WA_DeleteOnClose);
    setUpLayout();
    connectParts();
    std::vector<std::uint64_t> ids;
    for (const std::uint32_t group : m_groups)
        ids.push_back(cgroupId(group));
    m_backend.findPaths(std::move(ids), [self = QPointer(this)](const GroupPaths& paths) {
        if (self)
            self->offer(paths);
    });
    m_backend.listGuards([self = QPointer(this)](const Outcome<GuardList>& list) {
        if (!self)
            return;
        self->m_rules = list.value_or(GuardList());
        self->choose();
    });
    refresh();
}

QSpinBox* GuardDialog::newBox(const char* name, int lowest, int highest, int value) {
    auto* box = new QSpinBox(this);
    box->setObjectName(QLatin1String(name));
    box->setToolTip(box->objectName());
    box->setRange(lowest, highest);
    box->setAccelerated(true);
    box->setValue(value);
    if (lowest == 0)
        box->setSpecialValueText(tr("the system's"));
    connect(box, &QSpinBox::valueChanged, this, &GuardDialog::refresh);
    return box;
}

QWidget* GuardDialog::newFields() {
    m_idle->setSuffix(tr(" s"));
    m_interval->setSuffix(tr(" s"));
    m_userTimeout->setSuffix(tr(" ms"));
    m_userTimeout->setSingleStep(1000);
    m_unit->setObjectName(QStringLiteral("guardUnit"));
    m_unit->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* fields = new QWidget;
    auto* form = new QFormLayout(fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("&New connections of"), m_unit);
    form->addRow(tr("&Idle time"), m_idle);
    form->addRow(tr("In&terval"), m_interval);
    form->addRow(tr("&Probes"), m_probes);
    form->addRow(tr("&User timeout"), m_userTimeout);
    return fields;
}

void GuardDialog::setUpLayout() {
    m_text->setObjectName(QStringLiteral("guardText"));
    m_text->setMinimumWidth(60 * fontMetrics().averageCharWidth());
    m_persist->setObjectName(QStringLiteral("guardPersist"));
    m_persist->setChecked(true);
    m_answer->setObjectName(QStringLiteral("guardAnswer"));
    m_answer->hide();
    m_apply->setObjectName(QStringLiteral("guardApply"));
    m_apply->setDefault(true);
    m_cancel->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_apply);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(10);
    for (QWidget* part : {newFields(), static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_persist),
                          static_cast<QWidget*>(m_answer)})
        column->addWidget(part);
    column->addStretch(1);
    column->addLayout(buttons);
}

void GuardDialog::connectParts() {
    connect(m_unit, &QComboBox::currentIndexChanged, this, &GuardDialog::choose);
    connect(m_apply, &QPushButton::clicked, this, &GuardDialog::apply);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
}

/// Each unit before what it lies in; every connection last.
void GuardDialog::offer(const GroupPaths& paths) {
    const QSignalBlocker quiet(m_unit);
    for (const std::uint32_t group : m_groups) {
        const auto found = paths.find(cgroupId(group));
        if (found == paths.end())
            continue;
        for (const std::string& name : namesOn(found->second))
            if (const QString text = fromCore(name); m_unit->findData(text) < 0)
                m_unit->addItem(text, text);
    }
    m_unit->addItem(tr("every program"), QString());
    m_unit->setCurrentIndex(0);
    choose();
}

std::string GuardDialog::unit() const {
    return m_unit->currentData().toString().toStdString();
}

/// What is counted there, and what a rule that is there already says.
void GuardDialog::choose() {
    m_touches.reset();
    refresh();
    if (m_unit->count() == 0)
        return;
    if (const ListedGuard* before = ruleBefore()) {
        m_idle->setValue(before->rule.idle);
        m_interval->setValue(before->rule.interval);
        m_probes->setValue(before->rule.probes);
        m_userTimeout->setValue(before->rule.userTimeout);
    }
    m_backend.findGroups(unit(), [self = QPointer(this), unit = unit()](const GuardedGroups& groups) {
        if (!self || self->unit() != unit)
            return;
        self->m_touches = self->touchesOf(groups);
        self->refresh();
    });
}

const ListedGuard* GuardDialog::ruleBefore() const {
    const auto found =
        std::ranges::find_if(m_rules.rules, [unit = unit()](const ListedGuard& one) { return one.rule.unit == unit; });
    return found == m_rules.rules.end() ? nullptr : &*found;
}

GuardRule GuardDialog::rule() const {
    return {unit(), m_idle->value(), m_interval->value(), m_probes->value(), m_userTimeout->value()};
}

GuardTouches GuardDialog::touchesOf(const GuardedGroups& groups) const {
    const auto open = std::ranges::count_if(m_frame->rows, [&](const Row& row) {
        return row.change != Change::Closed && row.connection.state == State::Established &&
               groups.ids.contains(cgroupId(row.connection.cgroup));
    });
    return {!groups.ids.empty(), groups.processes, static_cast<std::size_t>(open)};
}

void GuardDialog::refresh() {
    const bool known = m_unit->count() > 0 && m_touches.has_value();
    m_apply->setEnabled(known && !m_waiting);
    if (!known)
        return m_text->setText(tr("Its programs and connections are being counted..."));
    QStringList lines{translated(guardEffectText(rule())), translated(guardTouchesText(*m_touches)),
                      tr("Open connections stay as they are, and so do sockets made before their process came into the "
                         "unit. Change Keepalive sets open ones."),
                      translated(guardCostText(rule()))};
    if (const ListedGuard* before = ruleBefore())
        lines.append(
            tr("It takes the place of the rule that is there: %1.").arg(translated(guardOptionsText(before->rule))));
    m_text->setText(lines.join(QStringLiteral("\n\n")));
}

void GuardDialog::showWaiting(bool waiting) {
    m_waiting = waiting;
    for (QWidget* field :
         {static_cast<QWidget*>(m_unit), static_cast<QWidget*>(m_idle), static_cast<QWidget*>(m_interval),
          static_cast<QWidget*>(m_probes), static_cast<QWidget*>(m_userTimeout), static_cast<QWidget*>(m_persist)})
        field->setEnabled(!waiting);
    refresh();
}

void GuardDialog::apply() {
    m_answer->setText(tr("Waiting for an answer..."));
    m_answer->show();
    showWaiting(true);
    m_request = m_backend.setGuard(rule(), m_persist->isChecked(), [self = QPointer(this)](const Outcome<void>& done) {
        if (self)
            self->onAnswer(done);
    });
}

void GuardDialog::onAnswer(const Outcome<void>& outcome) {
    showWaiting(false);
    if (outcome) {
        Q_EMIT guarded(rule(), m_persist->isChecked());
        return accept();
    }
    QStringList lines{refusalSentence(outcome.error()), fromCore(outcome.error().command)};
    lines.removeAll(QString());
    m_answer->setText(lines.join(QLatin1Char('\n')));
    m_answer->setVisible(!lines.isEmpty());
}

/// What is waited for is withdrawn.
void GuardDialog::done(int result) {
    if (m_waiting && result != Accepted)
        m_backend.cancel(m_request);
    QDialog::done(result);
}

} // namespace halfopen
