// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/value_editor.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/tuning/tuning_strings.h"

#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>

namespace halfopen {

namespace {

constexpr std::array kEdited{Setting::KeepaliveTime, Setting::KeepaliveInterval, Setting::KeepaliveProbes};

std::array<std::int32_t, 3> asArray(const KeepaliveDefaults& values) {
    return {values.time, values.interval, values.probes};
}

} // namespace

ValueEditor::ValueEditor(QWidget* parent)
    : QWidget(parent) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(2);
    m_fields = {newField(Setting::KeepaliveTime, tr("&Idle time before the first probe"), 0),
                newField(Setting::KeepaliveInterval, tr("I&nterval between probes"), 1),
                newField(Setting::KeepaliveProbes, tr("&Probes unanswered until given up"), 2)};
    showSpoken();
}

ValueEditor::Field ValueEditor::newField(Setting setting, const QString& name, int column) {
    auto* grid = static_cast<QGridLayout*>(layout());
    const auto& info = settingInfo(setting);
    Field field{new QSpinBox, new QLabel, newText()};
    field.box->setRange(static_cast<int>(info.sane.lowest), static_cast<int>(info.sane.highest));
    field.box->setSuffix(info.unit == SettingUnit::Seconds ? tr(" s") : QString());
    field.box->setKeyboardTracking(false);
    field.box->setAccelerated(true);
    field.box->setObjectName(fromCore(info.name));
    field.box->setToolTip(QStringLiteral("net.ipv4.%1").arg(field.box->objectName()));
    field.inEffect->setObjectName(QStringLiteral("inEffect_%1").arg(field.box->objectName()));
    auto* label = new QLabel(name);
    label->setBuddy(field.box);
    auto* line = new QHBoxLayout;
    line->addWidget(field.box);
    line->addWidget(field.spoken, 1);
    grid->addWidget(label, 0, column);
    grid->addLayout(line, 1, column);
    grid->addWidget(field.inEffect, 2, column, Qt::AlignTop);
    grid->setColumnStretch(column, 1);
    connect(field.box, &QSpinBox::valueChanged, this, [this] {
        showSpoken();
        if (!m_setting)
            Q_EMIT valuesChanged(values());
    });
    return field;
}

void ValueEditor::showSpoken() {
    if (!m_fields[0].spoken || !m_fields[1].spoken)
        return;
    for (const std::size_t i : {0U, 1U}) {
        const int value = m_fields[i].box->value();
        m_fields[i].spoken->setText(value < 60 ? QString() : tr("= %1").arg(secondsText(value)));
    }
}

void ValueEditor::setValues(const KeepaliveDefaults& values) {
    m_setting = true;
    const auto numbers = asArray(values);
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        if (m_fields[i].box->value() != numbers[i]) // the same value would wipe out what is being typed
            m_fields[i].box->setValue(numbers[i]);
    }
    m_setting = false;
    showSpoken();
}

KeepaliveDefaults ValueEditor::values() const {
    return {m_fields[0].box->value(), m_fields[1].box->value(), m_fields[2].box->value()};
}

void ValueEditor::showInEffect(const KeepaliveDefaults& values, const TuningPlace* place) {
    const auto numbers = asArray(values);
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const Setting setting = kEdited[i];
        const QString suffix = m_fields[i].box->suffix();
        QString text =
            place ? tr("in effect: %1%2, %3").arg(numbers[i]).arg(suffix, originText(setting, numbers[i], *place))
                  : tr("in effect: %1%2").arg(numbers[i]).arg(suffix);
        const QString unusual = unusualText(setting, numbers[i]);
        if (!unusual.isEmpty())
            text += QLatin1Char('\n') + unusual;
        auto colors = palette();
        const auto& theme = themeOf(colors);
        colors.setColor(QPalette::WindowText, unusual.isEmpty() ? theme.dim : theme.of(Diagnosis::Suspect));
        m_fields[i].inEffect->setPalette(colors);
        m_fields[i].inEffect->setText(text);
    }
}

void ValueEditor::setEditable(bool editable) {
    for (auto& field : m_fields)
        field.box->setEnabled(editable);
}

} // namespace halfopen
