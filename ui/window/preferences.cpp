// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/preferences.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>

namespace halfopen {

namespace {

struct PreferencesText {
    Q_DECLARE_TR_FUNCTIONS(Preferences)
};

QString settingLanguage() {
    return QStringLiteral("window/language");
}

/// A choice among actions of which one is checked, also by the menu meanwhile.
QComboBox* newChoice(const QList<QAction*>& actions) {
    auto* choice = new QComboBox;
    for (const auto* action : actions) {
        const int index = choice->count();
        choice->addItem(withoutMnemonic(action->text()));
        if (action->isChecked())
            choice->setCurrentIndex(index);
        QObject::connect(action, &QAction::toggled, choice, [choice, index](bool on) {
            if (on)
                choice->setCurrentIndex(index);
        });
    }
    choice->setEnabled(std::ranges::any_of(actions, &QAction::isEnabled));
    QObject::connect(choice, &QComboBox::activated, choice, [actions](int index) { actions[index]->trigger(); });
    return choice;
}

QComboBox* newLanguage() {
    auto* choice = new QComboBox;
    choice->addItem(PreferencesText::tr("As the System"), QString());
    for (const QString& file : QDir(QStringLiteral(":/i18n")).entryList({QStringLiteral("halfopen_*.qm")})) {
        const QString name = file.mid(9).chopped(3);
        choice->addItem(QLocale(name).nativeLanguageName(), name);
    }
    choice->setCurrentIndex(std::max(0, choice->findData(chosenLanguage(QSettings()))));
    QObject::connect(choice, &QComboBox::activated, choice,
                     [choice] { QSettings().setValue(settingLanguage(), choice->currentData()); });
    return choice;
}

QCheckBox* newSwitch(QAction* action) {
    auto* box = new QCheckBox(withoutMnemonic(action->text()));
    box->setChecked(action->isChecked());
    box->setEnabled(action->isEnabled());
    QObject::connect(box, &QCheckBox::toggled, action, &QAction::setChecked);
    QObject::connect(action, &QAction::toggled, box, &QCheckBox::setChecked);
    return box;
}

void add(QFormLayout& form, const QString& name, QComboBox* choice, const QString& objectName) {
    choice->setObjectName(objectName);
    choice->setMinimumHeight(kTarget);
    form.addRow(name, choice);
}

} // namespace

QString chosenLanguage(const QSettings& settings) {
    return settings.value(settingLanguage()).toString();
}

void showPreferences(QWidget* parent, const Preferences& preferences) {
    auto* dialog = new QDialog(parent);
    dialog->setObjectName(QStringLiteral("preferences"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(PreferencesText::tr("Preferences"));
    auto* layout = new QVBoxLayout(dialog);
    auto* form = new QFormLayout;
    add(*form, PreferencesText::tr("Appearance"), newChoice(preferences.appearance), QStringLiteral("appearance"));
    add(*form, PreferencesText::tr("Place of the details"), newChoice(preferences.detailsSide),
        QStringLiteral("detailsSide"));
    add(*form, PreferencesText::tr("Language"), newLanguage(), QStringLiteral("language"));
    auto* later = newText();
    later->setText(PreferencesText::tr("Another language holds from the next start on."));
    later->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(QString(), later);
    add(*form, PreferencesText::tr("Keep ended connections"), newChoice(preferences.keepHistory),
        QStringLiteral("keepHistory"));
    auto* clear = new QPushButton(withoutMnemonic(preferences.clearHistory->text()));
    clear->setObjectName(QStringLiteral("clearHistory"));
    QObject::connect(clear, &QPushButton::clicked, preferences.clearHistory, &QAction::trigger);
    form->addRow(QString(), clear);
    for (auto* action : preferences.switches)
        form->addRow(QString(), newSwitch(action));
    layout->addLayout(form);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    layout->addWidget(buttons);
    dialog->show();
}

} // namespace halfopen
