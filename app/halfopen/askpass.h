// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/look/appearance.h"
#include "ui/look/text_size.h"

#include <QByteArray>
#include <QDialog>
#include <QString>

#include <cstdint>

class QLineEdit;

namespace halfopen {

/// What ssh wants to know. Source: readpassphrase.c and readpass.c of OpenSSH; ssh(1), SSH_ASKPASS.
enum class SshQuestion : std::uint8_t {
    Secret, ///< a passphrase, a password
    YesNo,  ///< in words: whether a host key is right
    Allow,  ///< SSH_ASKPASS_PROMPT=confirm: by the exit status, whether a key may be used
    Notice, ///< SSH_ASKPASS_PROMPT=none: nothing; a key has to be touched
};
SshQuestion questionOf(const QString& prompt, const QByteArray& kind);

/// A dialog with ssh's own words as they are, and nothing in them taken for markup.
class SshDialog final : public QDialog {
    Q_OBJECT

public:
    SshDialog(const QString& prompt, SshQuestion question);
    /// Once it is closed: what to tell ssh.
    QString answer() const;

private:
    SshQuestion m_question;
    QLineEdit* m_secret = nullptr; ///< null: none is asked for
};

/// How the window looks that shows the other machine: its dialogs look alike.
struct WindowLook {
    QString language; ///< as installTranslations() takes it
    Appearance appearance = Appearance::System;
    int textSize = kUsualTextSize; ///< one of kTextSizes
};
QString toWords(const WindowLook& look); ///< FarRequest::askedAs
WindowLook windowLookFrom(const QString& words);

/// Whether ssh has started this program, to ask by it (FarRequest::askedBy), and no person has.
bool isAskedBySsh(int argc);
WindowLook lookOfAskingWindow(); ///< where isAskedBySsh()
/// Asks. @return the exit status: 0 where there is an answer
int answerSsh(const QString& prompt);

} // namespace halfopen
