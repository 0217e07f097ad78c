// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/save_file.h"

#include <QCoreApplication>
#include <QSaveFile>

namespace halfopen {

namespace {

struct SaveFile {
    Q_DECLARE_TR_FUNCTIONS(SaveFile)
};

} // namespace

QString saveFile(const QString& file, const std::function<bool(const Output&)>& write) {
    QSaveFile to(file);
    const bool done = to.open(QIODevice::WriteOnly) && write([&](std::string_view text) {
                          const auto size = static_cast<qint64>(text.size());
                          return to.write(text.data(), size) == size;
                      }) &&
                      to.flush() && // commit() says nothing of what the disk refuses of a buffer
                      to.commit();
    return done ? SaveFile::tr("Saved: %1.").arg(file)
                : SaveFile::tr("%1 could not be written: %2.").arg(file, to.errorString());
}

} // namespace halfopen
