// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/options_editor.h"

#include "core/model/keepalive_limits.h"
#include "ui/actions/action_strings.h"
#include "ui/actions/change_flow.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace halfopen {

namespace {

struct Value {
    std::int32_t value;
    Provenance from;
    std::int32_t system; ///< what the socket would use if nobody had set it
};

Value valueOf(OptionsEditor::Field field, const KeepaliveOptions& o, const TcpSysctls& s) {
    switch (field) {
    case OptionsEditor::Idle:
        return {o.idleSeconds, o.idleFrom, s.keepaliveTime};
    case OptionsEditor::Interval:
        return {o.intervalSeconds, o.intervalFrom, s.keepaliveInterval};
    case OptionsEditor::Probes:
        return {o.probes, o.probesFrom, s.keepaliveProbes};
    case OptionsEditor::UserTimeout:
        break;
    }
    return {static_cast<std::int32_t>(o.userTimeout.count()), o.userTimeoutFrom, 0};
}

std::optional<std::int32_t>& slotOf(OptionsEditor::Field field, OptionsChange& change) {
    switch (field) {
    case OptionsEditor::Idle:
        return change.idleSeconds;
    case OptionsEditor::Interval:
        return change.intervalSeconds;
    case OptionsEditor::Probes:
        return change.probes;
    case OptionsEditor::UserTimeout:
        break;
    }
    return change.userTimeoutMs;
}

/// By OptionsEditor::Field.
constexpr std::array kOptionNames{"TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_USER_TIMEOUT"};

QLabel* newNote() {
    auto* label = new QLabel;
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setTextFormat(Qt::PlainText);
    return label;
}

bool allSame(const Targets& targets, const auto& get) {
    return std::ranges::all_of(targets.rows, [&](const Row* row) { return get(*row) == get(*targets.rows.front()); });
}

} // namespace

OptionsEditor::OptionsEditor(QWidget* parent)
    : QWidget(parent)
    , m_keepalive(new QCheckBox(tr("&Keepalive")))
    , m_keepaliveNote(newNote()) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(2);
    m_keepalive->setObjectName(QStringLiteral("SO_KEEPALIVE"));
    m_keepalive->setToolTip(m_keepalive->objectName());
    grid->addWidget(m_keepalive, 1, 0);
    grid->addWidget(m_keepaliveNote, 2, 0);
    m_boxes = {newBox(Idle, tr("&Idle time"), 1, kMaxKeepaliveIdle),
               newBox(Interval, tr("I&nterval"), 1, kMaxKeepaliveInterval),
               newBox(Probes, tr("&Probes"), 1, kMaxKeepaliveProbes),
               newBox(UserTimeout, tr("&User timeout"), 0, std::numeric_limits<int>::max())};
    m_keepaliveNote->setObjectName(QStringLiteral("note_SO_KEEPALIVE"));
    m_boxes[Idle]->setSuffix(tr(" s"));
    m_boxes[Interval]->setSuffix(tr(" s"));
    m_boxes[UserTimeout]->setSuffix(tr(" ms"));
    m_boxes[UserTimeout]->setSpecialValueText(tr("none"));
    m_boxes[UserTimeout]->setSingleStep(1000);
    // The fields stand still while the notes under them change.
    for (const Field field : {Idle, Interval, Probes})
        m_notes[field]->setMinimumWidth(fontMetrics().horizontalAdvance(valueNote(Provenance::Exact, 0, 0)));
    grid->setColumnStretch(static_cast<int>(kFields) + 1, 1);
    connect(m_keepalive, &QCheckBox::clicked, this, [this](bool on) {
        m_keepalive->setTristate(false);
        m_touched.enabled = on;
        Q_EMIT edited();
    });
}

QSpinBox* OptionsEditor::newBox(Field field, const QString& name, int lowest, int highest) {
    auto* grid = static_cast<QGridLayout*>(layout());
    auto* box = new QSpinBox;
    box->setRange(lowest, highest);
    box->setAccelerated(true);
    box->setObjectName(QLatin1String(kOptionNames[field]));
    box->setToolTip(box->objectName());
    box->setAccessibleName(withoutMnemonic(name));
    auto* label = new QLabel(name);
    label->setBuddy(box);
    m_notes[field] = newNote();
    m_notes[field]->setObjectName(QStringLiteral("note_%1").arg(box->objectName()));
    const int column = static_cast<int>(field) + 1;
    grid->addWidget(label, 0, column);
    grid->addWidget(box, 1, column, Qt::AlignLeft);
    grid->addWidget(m_notes[field], 2, column);
    connect(box, &QSpinBox::valueChanged, this, [this, field] { touched(field); });
    return box;
}

void OptionsEditor::touched(Field field) {
    if (m_filling)
        return;
    slotOf(field, m_touched) = m_boxes[field]->value();
    Q_EMIT edited();
}

void OptionsEditor::show(const Targets& targets) {
    setEnabled(!targets.empty());
    if (targets.empty())
        return;
    m_filling = true;
    const bool mptcp = anySubflow(targets); // net/mptcp/sockopt.c takes no TCP_USER_TIMEOUT
    m_boxes[UserTimeout]->setEnabled(!mptcp);
    if (mptcp)
        m_touched.userTimeoutMs.reset();
    showKeepalive(targets);
    for (const Field field : {Idle, Interval, Probes, UserTimeout})
        showField(field, targets);
    m_filling = false;
}

void OptionsEditor::showKeepalive(const Targets& targets) {
    const auto& options = targets.rows.front()->options;
    const bool same = allSame(targets, [](const Row& row) { return row.options.enabled; });
    const bool known = same && options.enabled != Switch::Unknown;
    m_keepaliveNote->setText(same ? valueNote(options.enabledFrom) : differsNote());
    if (m_touched.enabled) {
        if (known)
            m_keepaliveNote->setText(options.enabled == Switch::On ? tr("now on") : tr("now off"));
        return;
    }
    m_keepalive->setTristate(!known);
    m_keepalive->setCheckState(!known                          ? Qt::PartiallyChecked
                               : options.enabled == Switch::On ? Qt::Checked
                                                               : Qt::Unchecked);
}

void OptionsEditor::showField(Field field, const Targets& targets) {
    const auto get = [&](const Row& row) { return valueOf(field, row.options, targets.frame->sysctlsOf(row)); };
    const auto first = get(*targets.rows.front());
    const bool same = allSame(targets, [&](const Row& row) { return get(row).value; });
    const bool sameFrom = allSame(targets, [&](const Row& row) { return get(row).from; });
    QString note = field == UserTimeout ? valueNote(first.from) : valueNote(first.from, first.value, first.system);
    if (slotOf(field, m_touched) && same)
        note = tr("now %1").arg(first.value);
    else if (!same)
        note = differsNote();
    else if (!sameFrom)
        note.clear();
    if (field == UserTimeout && anySubflow(targets))
        note = tr("MPTCP takes none");
    m_notes[field]->setText(note);
    if (!slotOf(field, m_touched) && m_boxes[field]->value() != first.value) // what is being typed stays
        m_boxes[field]->setValue(first.value);
}

OptionsChange OptionsEditor::draft(const Targets& targets) const {
    OptionsChange draft = m_touched;
    if (targets.count() != 1)
        return draft;
    const auto& options = targets.rows.front()->options;
    if (draft.enabled && options.enabled == (*draft.enabled ? Switch::On : Switch::Off))
        draft.enabled.reset();
    for (const Field field : {Idle, Interval, Probes, UserTimeout}) {
        const auto known = valueOf(field, options, targets.frame->sysctlsOf(*targets.rows.front()));
        auto& value = slotOf(field, draft);
        if (value == known.value && known.from == Provenance::Exact)
            value.reset();
    }
    return draft;
}

void OptionsEditor::proposeOn() {
    m_keepalive->setTristate(false);
    m_keepalive->setChecked(true);
    m_touched.enabled = true;
    Q_EMIT edited();
}

bool OptionsEditor::isTouched() const {
    return !isEmpty(m_touched);
}

void OptionsEditor::clear() {
    m_touched = {};
}

} // namespace halfopen
