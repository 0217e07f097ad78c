// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

#include <gtest/gtest.h>

#include <string>

namespace halfopen {

/// How halfopenctl ended and what it said.
struct Ended {
    int status = -1; ///< its exit status
    std::string out;
    std::string err;
};

/// Runs the box's halfopenctl as a person, with these words; at most 20 s.
inline Ended runCtl(const char* user, const QStringList& words) {
    QProcess process;
    const QStringList all{QStringLiteral("--reuid"),       QString::fromLatin1(user),
                          QStringLiteral("--regid"),       QString::fromLatin1(user),
                          QStringLiteral("--init-groups"), QStringLiteral(BOX_BIN_DIR "/halfopenctl")};
    process.start(QStringLiteral("setpriv"), all + words);
    EXPECT_TRUE(process.waitForFinished(20000));
    return {process.exitCode(), process.readAllStandardOutput().toStdString(),
            process.readAllStandardError().toStdString()};
}

} // namespace halfopen
