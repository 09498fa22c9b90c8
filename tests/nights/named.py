def nights():
    return []
