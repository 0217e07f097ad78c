// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/translated.h"

#include "ui/look/text.h"

#include <QCoreApplication>

namespace halfopen {

QString translated(const Sentence& sentence) {
    return fromCore(inWords(sentence, [](const std::string& english) {
        return QCoreApplication::translate("Core", english.c_str()).toStdString();
    }));
}

} // namespace halfopen
