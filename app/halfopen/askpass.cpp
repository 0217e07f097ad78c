// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/askpass.h"

#include "core/stream/far_command.h"
#include "ui/look/text.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QStringList>
#include <QVBoxLayout>

#include <signal.h>

#include <sys/prctl.h>

#include <algorithm>
#include <cstdio>

namespace halfopen {

namespace {

constexpr int kReadable = 460; ///< pixels of a line

/// So that no line is broken where the screen has room for it: a fingerprint is compared as a whole.
int widthFor(const QLabel& words) {
    constexpr int kMostOfScreen = 80; // percent
    int widest = kReadable;
    for (const QString& line : words.text().split(QLatin1Char('\n')))
        widest = std::max(widest, words.fontMetrics().horizontalAdvance(line) + 2 * words.margin() + 1);
    const QScreen* screen = QGuiApplication::primaryScreen();
    return screen ? std::min(widest, screen->availableGeometry().width() * kMostOfScreen / 100) : widest;
}

QDialogButtonBox::StandardButtons buttonsOf(SshQuestion question) {
    switch (question) {
    case SshQuestion::YesNo:
    case SshQuestion::Allow:
        return QDialogButtonBox::Yes | QDialogButtonBox::No;
    case SshQuestion::Notice:
        return QDialogButtonBox::Close;
    case SshQuestion::Secret:
        break;
    }
    return QDialogButtonBox::Ok | QDialogButtonBox::Cancel;
}

} // namespace

SshQuestion questionOf(const QString& prompt, const QByteArray& kind) {
    if (kind == "confirm")
        return SshQuestion::Allow;
    if (kind == "none")
        return SshQuestion::Notice;
    const QString end = prompt.trimmed();
    return end.endsWith(QLatin1String("(yes/no/[fingerprint])?")) || end.endsWith(QLatin1String("(yes/no)?"))
               ? SshQuestion::YesNo
               : SshQuestion::Secret;
}

SshDialog::SshDialog(const QString& prompt, SshQuestion question)
    : m_question(question) {
    setWindowTitle(tr("ssh asks - Halfopen"));
    setWindowFlag(Qt::WindowStaysOnTopHint);
    auto* layout = new QVBoxLayout(this);
    auto* words = newText();
    words->setObjectName(QStringLiteral("prompt"));
    words->setText(fromCore(prompt.trimmed().toStdString()));
    words->setMinimumWidth(widthFor(*words));
    layout->addWidget(words);
    if (question == SshQuestion::Secret) {
        m_secret = new QLineEdit;
        m_secret->setEchoMode(QLineEdit::Password);
        m_secret->setAccessibleName(words->text());
        layout->addWidget(m_secret);
    }
    auto* buttons = new QDialogButtonBox(buttonsOf(question));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    // Both: of the buttons the one with the focus answers the Enter key, and the first would have it.
    if (auto* no = buttons->button(QDialogButtonBox::No)) {
        no->setDefault(true);
        no->setFocus();
    }
}

QString SshDialog::answer() const {
    if (m_question == SshQuestion::YesNo)
        return result() == QDialog::Accepted ? QStringLiteral("yes") : QStringLiteral("no");
    return m_secret && result() == QDialog::Accepted ? m_secret->text() : QString();
}

QString toWords(const WindowLook& look) {
    return QStringLiteral("%1 %2 %3").arg(appearanceKey(look.appearance)).arg(look.textSize).arg(look.language);
}

/// Whoever else has set it is shown what is usual.
WindowLook windowLookFrom(const QString& words) {
    const QStringList parts = words.split(QLatin1Char(' '));
    const int size = parts.value(1).toInt();
    return {.language = parts.value(2),
            .appearance = parseAppearance(parts.value(0)).value_or(Appearance::System),
            .textSize = std::ranges::find(kTextSizes, size) == kTextSizes.end() ? kUsualTextSize : size};
}

bool isAskedBySsh(int argc) {
    return argc == 2 && qEnvironmentVariableIsSet(stream::kAskedBy);
}

WindowLook lookOfAskingWindow() {
    return windowLookFrom(qEnvironmentVariable(stream::kAskedBy));
}

/// With ssh it ends, too: nobody waits for the answer any more.
int answerSsh(const QString& prompt) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    const SshQuestion question = questionOf(prompt, qgetenv("SSH_ASKPASS_PROMPT"));
    SshDialog dialog(prompt, question);
    QObject::connect(&dialog, &QDialog::finished, QCoreApplication::instance(), &QCoreApplication::quit);
    dialog.show();
    QCoreApplication::exec();
    std::printf("%s\n", dialog.answer().toUtf8().constData());
    return dialog.result() == QDialog::Accepted || question == SshQuestion::YesNo ? 0 : 1;
}

} // namespace halfopen
