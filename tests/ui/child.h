// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QObject>
#include <QString>
#include <QStringList>

#include <stdexcept>
#include <string>

namespace halfopen::test {

/// The one child of that type, and of that object name where one is given; throws where there is none, or another.
template <class T>
T& child(const QObject& in, const char* name = nullptr) {
    const auto found = name ? in.findChildren<T*>(QLatin1String(name)) : in.findChildren<T*>();
    if (found.size() != 1)
        throw std::logic_error(std::string(in.metaObject()->className()) + " has " + std::to_string(found.size()) +
                               " of " + T::staticMetaObject.className() + " \"" + (name ? name : "") + '"');
    return *found.front();
}

/// What its labels say, in the order in which they were made; without those that are hidden.
inline QString words(const QWidget& in) {
    QStringList all;
    for (const auto* label : in.findChildren<QLabel*>())
        if (label->isVisibleTo(&in) && !label->text().isEmpty())
            all.append(label->text());
    return all.join(QLatin1Char(' '));
}

/// What the AnswerBar in it says, and the command that goes with it.
inline QString answerIn(const QObject& in) {
    return child<QLabel>(in, "answer").text();
}
inline QString commandIn(const QObject& in) {
    return child<QLineEdit>(in, "answerCommand").text();
}

} // namespace halfopen::test
