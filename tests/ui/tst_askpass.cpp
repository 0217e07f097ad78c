// SPDX-License-Identifier: GPL-3.0-or-later
// ssh asks in a dialog of its own words.
#include "app/halfopen/askpass.h"
#include "tests/ui/child.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
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
    ASSERT_EQ(dialog.focusWidget(), buttons.button(QDialogButtonBox::No)) << "which is who hears the Enter key";
    QTest::keyClick(dialog.focusWidget(), Qt::Key_Return);
    EXPECT_EQ(dialog.answer(), QStringLiteral("no"));
    dialog.show();
    buttons.button(QDialogButtonBox::Yes)->click();
    EXPECT_EQ(dialog.answer(), QStringLiteral("yes"));
}

TEST(Askpass, aFingerprintStaysOnItsLine) {
    SshDialog dialog(QStringLiteral("The authenticity of host 'db7' can't be established.\nED25519 key fingerprint is "
                                    "SHA256:ckCh8JP8+U9d4Tp1JDaV/r4ic0xwauUhicFsVqPWBc4.\nAre you sure (yes/no)? "),
                     SshQuestion::YesNo);
    dialog.show();
    const auto& words = child<QLabel>(dialog, "prompt");
    EXPECT_LT(words.heightForWidth(words.width()), 4 * words.fontMetrics().height()) << "three lines";
    SshDialog endless(QString(5000, QLatin1Char('W')), SshQuestion::Secret);
    endless.show();
    EXPECT_LE(endless.width(), endless.screen()->availableGeometry().width());
}

TEST(Askpass, looksLikeTheWindowThatAsks) {
    for (const WindowLook& look : {WindowLook{QStringLiteral("zh_CN"), Appearance::Dark, 150}, WindowLook{}}) {
        const WindowLook read = windowLookFrom(toWords(look));
        EXPECT_EQ(read.language, look.language);
        EXPECT_EQ(read.appearance, look.appearance);
        EXPECT_EQ(read.textSize, look.textSize);
    }
    for (const char* nonsense : {"", "1", "pink -3 zh_CN", "dark 99"}) {
        const WindowLook read = windowLookFrom(QLatin1String(nonsense));
        EXPECT_EQ(read.textSize, kUsualTextSize) << nonsense;
    }
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
