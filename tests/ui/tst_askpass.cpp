// SPDX-License-Identifier: GPL-3.0-or-later
// ssh asks in a dialog of its own words.
#include "app/halfopen/askpass.h"
#include "tests/ui/child.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

const QString kHostKey = QStringLiteral(
    "The authenticity of host 'db7 (192.0.2.7)' can't be established.\nED25519 key fingerprint is SHA256:abc.\nAre you "
    "sure you want to continue connecting (yes/no/[fingerprint])? ");
const QString kPassphrase = QStringLiteral("Enter passphrase for key '/home/alice/.ssh/id_ed25519': ");

TEST(Askpass, whatIsAskedIsToldByTheWords) {
    EXPECT_EQ(questionOf(kHostKey, {}), SshQuestion::YesNo);
    EXPECT_EQ(questionOf(kPassphrase, {}), SshQuestion::Secret);
    EXPECT_EQ(questionOf(QStringLiteral("Allow use of key?"), "confirm"), SshQuestion::Allow);
    EXPECT_EQ(questionOf(QStringLiteral("Confirm user presence"), "none"), SshQuestion::Notice);
}

TEST(Askpass, aHostKeyIsRightOnlyWhereSomebodySaysSo) {
    SshDialog dialog(kHostKey, SshQuestion::YesNo);
    dialog.show();
    EXPECT_TRUE(child<QLabel>(dialog, "prompt").text().contains(QStringLiteral("SHA256:abc")));
    auto& buttons = child<QDialogButtonBox>(dialog);
    EXPECT_TRUE(buttons.button(QDialogButtonBox::No)->isDefault());
    QTest::keyClick(&dialog, Qt::Key_Return);
    EXPECT_EQ(dialog.answer(), QStringLiteral("no"));
    dialog.show();
    buttons.button(QDialogButtonBox::Yes)->click();
    EXPECT_EQ(dialog.answer(), QStringLiteral("yes"));
}

TEST(Askpass, aPassphraseIsNotSeenAndNotToldWhereItIsCalledOff) {
    SshDialog dialog(kPassphrase + QStringLiteral("<b>bold</b>"), SshQuestion::Secret);
    dialog.show();
    EXPECT_EQ(child<QLabel>(dialog, "prompt").textFormat(), Qt::PlainText);
    auto& field = child<QLineEdit>(dialog);
    EXPECT_EQ(field.echoMode(), QLineEdit::Password);
    QTest::keyClicks(&field, QStringLiteral("open sesame"));
    QTest::keyClick(&field, Qt::Key_Return);
    EXPECT_EQ(dialog.answer(), QStringLiteral("open sesame"));
    dialog.reject();
    EXPECT_EQ(dialog.answer(), QString());
}

} // namespace
} // namespace halfopen::test
